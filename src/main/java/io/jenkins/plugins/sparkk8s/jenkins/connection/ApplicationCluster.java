package io.jenkins.plugins.sparkk8s.jenkins.connection;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ClusterConnection;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;

/**
 * The cluster of one application, as it is configured now, and a connection to it until it is closed.
 *
 * @param cluster the configuration
 * @param connection shared with other applications
 */
public record ApplicationCluster(SparkCluster cluster, ClusterConnection connection) implements AutoCloseable {

    public KubernetesClient client() {
        return connection.client();
    }

    @Override
    public void close() {
        connection.close();
    }
}
