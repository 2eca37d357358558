package io.jenkins.plugins.sparkk8s.monitor.log;

import java.io.IOException;
import java.io.InputStream;

/** Where a container's log is read from, each line with its timestamp. */
@FunctionalInterface
interface LogSource {

    /**
     * Opens the log; one request.
     *
     * @param sinceTime RFC 3339 in whole seconds, inclusive; null for the whole log
     * @param limitBytes the most that is sent
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses
     * @throws IOException when the API server cannot be reached
     */
    InputStream open(String container, String sinceTime, int limitBytes) throws IOException;
}
