package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * The use of a cluster's API client by one build, from {@link ClusterConnections#open} to {@link #close}. The client may
 * be shared with other builds.
 */
public interface ClusterConnection extends AutoCloseable {

    /** The client, whose namespace is the cluster's; not to be closed, and not to be used after {@link #close}. */
    KubernetesClient client();

    /** Gives the client back; does nothing the second time. */
    @Override
    void close();
}
