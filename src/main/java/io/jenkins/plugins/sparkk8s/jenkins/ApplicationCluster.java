package io.jenkins.plugins.sparkk8s.jenkins;

import hudson.AbortException;
import hudson.model.Run;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ClusterConnection;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ClusterConnections;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;

/**
 * The cluster of one application, as it is configured now, and a connection to it until it is closed.
 *
 * @param cluster the configuration
 * @param connection shared with other applications
 */
record ApplicationCluster(SparkCluster cluster, ClusterConnection connection) implements AutoCloseable {

    /** @throws AbortException when the cluster is no longer configured, or the job may no longer use it */
    static ApplicationCluster open(ApplicationRecord record, Run<?, ?> run) throws AbortException {
        SparkCluster cluster = configured(record, run);
        return new ApplicationCluster(cluster, ClusterConnections.get().open(cluster, run));
    }

    /** The configuration alone; for the exceptions see {@link #open}. */
    static SparkCluster configured(ApplicationRecord record, Run<?, ?> run) throws AbortException {
        return SparkClusters.get().resolve(record.cluster(), run.getParent());
    }

    KubernetesClient client() {
        return connection.client();
    }

    @Override
    public void close() {
        connection.close();
    }
}
