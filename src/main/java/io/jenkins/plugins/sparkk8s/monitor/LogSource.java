package io.jenkins.plugins.sparkk8s.monitor;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.BytesLimitTerminateTimeTailPrettyLoggable;
import io.fabric8.kubernetes.client.dsl.Loggable;
import io.fabric8.kubernetes.client.dsl.TimeTailPrettyLoggable;
import java.io.InputStream;

/** Where a container's log is read from, each line with its timestamp. */
@FunctionalInterface
interface LogSource {

    /**
     * Opens the log; one request.
     *
     * @param sinceTime RFC 3339 in whole seconds, inclusive; null for the whole log
     * @param limitBytes the most that is sent
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server cannot be reached or refuses
     */
    InputStream open(String container, String sinceTime, int limitBytes);

    static LogSource of(KubernetesClient client, MonitoredApplication application) {
        return (container, sinceTime, limitBytes) -> {
            BytesLimitTerminateTimeTailPrettyLoggable log = client.pods()
                    .inNamespace(application.namespace())
                    .withName(application.driverPodName())
                    .inContainer(container)
                    .usingTimestamps();
            TimeTailPrettyLoggable limited = log.limitBytes(limitBytes);
            Loggable wanted = sinceTime == null ? limited : limited.sinceTime(sinceTime);
            return wanted.getLogInputStream();
        };
    }
}
