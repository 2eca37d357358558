package io.jenkins.plugins.sparkk8s.jenkins.connection;

import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.jenkins.agent.UploadAccess;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ApiErrorCounts;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ClusterConnection;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ClusterConnections;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.jenkins.failure.ClusterUnusableException;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The clusters of this controller as they are configured when they are asked for, and connections to them. */
public final class ClusterAccess {
    private static final Logger LOGGER = Logger.getLogger(ClusterAccess.class.getName());

    private final Supplier<SparkClusters> clusters;
    private final Supplier<ClusterConnections> connections;

    /** Neither is asked before it is needed, since Jenkins may still be starting. */
    public ClusterAccess(Supplier<SparkClusters> clusters, Supplier<ClusterConnections> connections) {
        this.clusters = clusters;
        this.connections = connections;
    }

    /** All that are configured now. */
    public List<SparkCluster> all() {
        return clusters.get().getClusters();
    }

    /** As {@link SparkClusters#resolve}. */
    public SparkCluster resolve(String name, Item job) throws AbortException {
        return clusters.get().resolve(name, job);
    }

    /** As {@link SparkClusters#submittedTo}. */
    public SparkCluster submittedTo(String name) throws AbortException {
        return clusters.get().submittedTo(name);
    }

    /** As {@link ClusterConnections#open}. */
    public ClusterConnection open(SparkCluster cluster, Run<?, ?> run) throws AbortException {
        return connections.get().open(cluster, run);
    }

    /** How often API servers did not do what they were asked. */
    public ApiErrorCounts errors() {
        return connections.get().errors();
    }

    /**
     * The cluster of an application, as it is configured now.
     *
     * @throws AbortException when it is no longer configured, or the job may no longer use it for an application that
     * is still to be submitted
     */
    public SparkCluster configured(ApplicationRecord record, Run<?, ?> run) throws AbortException {
        return record.isStaging() ? resolve(record.cluster(), run.getParent()) : submittedTo(record.cluster());
    }

    /**
     * The same with a connection to it; waits for the credential, and not for the API server.
     *
     * @return to be closed by the caller
     * @throws ClusterUnusableException when there is no such cluster, or its credential cannot be used
     */
    public ApplicationCluster open(ApplicationRecord record, Run<?, ?> run) throws ClusterUnusableException {
        try {
            SparkCluster cluster = configured(record, run);
            return new ApplicationCluster(cluster, open(cluster, run));
        } catch (AbortException e) {
            throw new ClusterUnusableException(e);
        }
    }

    /** Hides the credential of the upload path of an application's cluster, when there is one; an application does not depend on it. */
    public SecretMask uploadMask(ApplicationRecord record) {
        try {
            return UploadAccess.of(submittedTo(record.cluster()), null).mask();
        } catch (AbortException e) {
            LOGGER.log(Level.FINE, "The credential of the upload path is not known: {0}", e.getMessage());
            return SecretMask.none();
        }
    }
}
