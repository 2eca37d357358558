package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.AbortException;
import hudson.model.Run;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.build.Phase;
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

    /**
     * @throws ClusterUnusableException when the cluster is no longer configured, its credential cannot be used, or the job
     *     may no longer use it for an application that is still to be submitted
     */
    static ApplicationCluster open(ApplicationRecord record, Run<?, ?> run) throws ClusterUnusableException {
        try {
            SparkCluster cluster = configured(record, run);
            return new ApplicationCluster(cluster, ClusterConnections.get().open(cluster, run));
        } catch (AbortException e) {
            throw new ClusterUnusableException(e);
        }
    }

    /** The configuration alone. */
    static SparkCluster configured(ApplicationRecord record, Run<?, ?> run) throws AbortException {
        return record.phase() == Phase.STAGING
                ? SparkClusters.get().resolve(record.cluster(), run.getParent())
                : SparkClusters.get().submittedTo(record.cluster());
    }

    KubernetesClient client() {
        return connection.client();
    }

    @Override
    public void close() {
        connection.close();
    }
}
