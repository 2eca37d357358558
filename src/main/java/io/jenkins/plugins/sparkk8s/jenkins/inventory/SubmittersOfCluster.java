package io.jenkins.plugins.sparkk8s.jenkins.inventory;

import hudson.AbortException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ClusterConnection;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.connection.ClusterAccess;
import io.jenkins.plugins.sparkk8s.staging.cleaning.ApplicationStates;
import io.jenkins.plugins.sparkk8s.submission.DriverStates;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Finds out from a cluster which applications of other submitters, such as a command that was killed, have ended. What an agent found
 * under the upload path is not trusted: only namespaces that jobs may use are asked, and applications of other clusters are left alone.
 */
record SubmittersOfCluster(SparkCluster cluster, ClusterAccess clusters) implements ApplicationStates {
    private static final Logger LOGGER = Logger.getLogger(SubmittersOfCluster.class.getName());

    @Override
    public boolean hasEnded(String applicationId, String master, String namespace) {
        try {
            cluster.requireNamespace(namespace);
            try (ClusterConnection connection = clusters.open(cluster, null)) {
                return new DriverStates(connection.client(), cluster.defaults().get(CoreOptions.MASTER.key()))
                        .hasEnded(applicationId, master, namespace);
            }
        } catch (AbortException e) {
            LOGGER.log(Level.FINE, "It is not known whether {0} has ended: {1}", new Object[] {
                applicationId, e.getMessage()
            });
            return false;
        }
    }
}
