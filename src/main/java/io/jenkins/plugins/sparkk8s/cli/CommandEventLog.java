package io.jenkins.plugins.sparkk8s.cli;

import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLog;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLogFigures;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLogSource;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the event log of the command's application as its user, by the settings with which files are uploaded.
 *
 * @param conf of the application
 */
record CommandEventLog(HadoopGateway hadoop, SparkConf conf, String applicationId) implements EventLogSource {

    @Override
    public CompletableFuture<Optional<EventLogFigures>> read() {
        Optional<String> folder = conf.get(CoreOptions.EVENT_LOG_ENABLED)
                ? conf.find(CoreOptions.EVENT_LOG_DIR).filter(CommandEventLog::isShared)
                : Optional.empty();
        CompletableFuture<Optional<EventLogFigures>> answer = new CompletableFuture<>();
        if (folder.isEmpty()) {
            answer.complete(Optional.empty());
        } else {
            Thread thread = new Thread(() -> read(folder.get(), answer), "spark-event-log");
            thread.setDaemon(true);
            thread.start();
        }
        return answer;
    }

    /** A folder of the driver's pod is not this machine's. */
    private static boolean isShared(String folder) {
        ResourceUri uri = ResourceUri.of(folder);
        return !uri.isSubmitterLocal() && !uri.isContainerLocal();
    }

    private void read(String folder, CompletableFuture<Optional<EventLogFigures>> answer) {
        try {
            answer.complete(EventLog.read(hadoop, folder, applicationId));
        } catch (IOException | RuntimeException | LinkageError e) {
            answer.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.completeExceptionally(e);
        }
    }
}
