package io.jenkins.plugins.sparkk8s.jenkins.agent;

import hudson.AbortException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLog;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLogFigures;
import java.io.IOException;
import java.util.Optional;

/**
 * Event logs that the controller may read: on file systems and in folders of an administrator's choice, with the settings and the
 * credential of the cluster. What a job says decides only which of these folders its driver has written to.
 */
public record ClusterEventLogs(SparkCluster cluster) {

    /**
     * Where an application has written its event log.
     *
     * @param conf of the application; the keys of event logs are enough
     * @return empty when it writes none, or where the controller may not read
     */
    public Optional<String> folder(SparkConf conf) {
        return conf.get(CoreOptions.EVENT_LOG_ENABLED)
                ? conf.find(CoreOptions.EVENT_LOG_DIR).filter(this::mayBeRead)
                : Optional.empty();
    }

    private boolean mayBeRead(String folder) {
        String ofCluster = cluster.defaults().get(CoreOptions.EVENT_LOG_DIR.key());
        return UploadPolicy.isRemote(folder)
                && (ofCluster != null && UploadPolicy.isBelow(ofCluster, folder)
                        || UploadPolicy.of(cluster).isConfigured(folder));
    }

    /**
     * Reads the event log of an application; blocks for at most about a minute.
     *
     * @param folder as {@link #folder} gave it
     * @return empty when there is none
     * @throws AbortException when the credential is gone
     * @throws IOException with a sentence that says why it cannot be read or used
     */
    public Optional<EventLogFigures> read(String folder, String application) throws IOException, InterruptedException {
        return EventLog.read(
                UploadAccess.of(cluster, null).gateway(cluster.defaults(), SparkConf.of(cluster.defaults())),
                folder,
                application);
    }
}
