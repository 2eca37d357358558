package io.jenkins.plugins.sparkk8s.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;

/** Makes a client that tries once: repeats are ours, with delays of our own. */
public final class SingleAttempts {
    private SingleAttempts() {}

    /**
     * A view of the same client, with the same connections. The client's own repeats would hold a shared thread, hide an
     * outage from the user, and re-open a watch forever from a version that is gone.
     */
    public static KubernetesClient of(KubernetesClient client) {
        RequestConfig single = new RequestConfigBuilder(
                        client.getConfiguration().getRequestConfig())
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectLimit(0)
                .build();
        return client.adapt(NamespacedKubernetesClient.class)
                .withRequestConfig(single)
                .call(copy -> copy);
    }
}
