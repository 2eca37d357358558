package io.jenkins.plugins.sparkk8s.jenkins.watch;

import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.jenkins.connection.ApplicationCluster;
import io.jenkins.plugins.sparkk8s.jenkins.log.CheckpointFile;
import io.jenkins.plugins.sparkk8s.jenkins.log.CheckpointFile.Checkpoint;
import io.jenkins.plugins.sparkk8s.jenkins.log.MarkedLog;
import io.jenkins.plugins.sparkk8s.jenkins.logfiles.BuildLogFiles;
import io.jenkins.plugins.sparkk8s.jenkins.logfiles.LogFolder;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.StateSource;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationMonitor;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationMonitorBuilder;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationState;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import io.jenkins.plugins.sparkk8s.monitor.CheckpointTimer;
import io.jenkins.plugins.sparkk8s.monitor.MonitorCheckpoint;
import io.jenkins.plugins.sparkk8s.monitor.output.ApplicationOutput;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Watches one submitted application for its build. What has been reported is written down within a second, so that a later
 * controller reports the rest: exactly the rest, also when this one is killed between two checkpoints.
 */
public final class ApplicationWatch {
    private static final Logger LOGGER = Logger.getLogger(ApplicationWatch.class.getName());
    private static final Duration SAVE_DELAY = Duration.ofSeconds(1);

    private final ApplicationRecord record;
    private final ApplicationCluster cluster;
    private final MonitorResources resources;
    private final CheckpointFile file;
    private final MarkedLog output;
    private final CheckpointTimer saving;
    /** Null when no log is read. */
    private final BuildLogFiles logs;

    private final ApplicationMonitor monitor;
    private final AtomicLong lines = new AtomicLong();
    private final AtomicBoolean isSaveQueued = new AtomicBoolean();
    private volatile long linesSaved = -1;
    private volatile boolean stopped;

    /** @param attachment says where lines go */
    public ApplicationWatch(
            ApplicationRecord record, ApplicationCluster cluster, WatchingBuild attachment, MonitorResources resources)
            throws IOException, InterruptedException {
        this.record = record;
        this.cluster = cluster;
        this.resources = resources;
        this.file = CheckpointFile.of(attachment.run(), record);
        this.output = new MarkedLog(attachment.log(), record.id());
        this.saving = new CheckpointTimer(resources.monitors(), SAVE_DELAY, this::saveSoon);
        Optional<MonitorCheckpoint> reported = output.resume(file.read());
        boolean readsLogs = attachment.waits() && !record.mask().isUnknown();
        this.logs = readsLogs
                ? new BuildLogFiles(
                        LogFolder.of(attachment.run(), record.id()),
                        task -> resources.threads().checkpoint().execute(task),
                        this::line,
                        saving::changed)
                : null;
        ApplicationMonitorBuilder building = ApplicationMonitor.builder(
                        cluster.client(), record.monitored(), SparkConf.of(record.monitorConf()), counted())
                .progress(attachment.waits())
                .submission(record.submissionTimes())
                .checkpoint(reported.orElse(null))
                .mask(record.mask())
                .followDriverLog(record.driverLogMode());
        resources.addTo(building, record, cluster.cluster());
        this.monitor = (readsLogs ? building.logFiles(logs) : building.withoutLogs()).build();
    }

    private ApplicationOutput counted() {
        return new ApplicationOutput() {
            @Override
            public void line(String text) {
                ApplicationWatch.this.line(text);
            }

            @Override
            public void logLine(String text, LogCursor reached) {
                output.logLine(text, reached);
                written();
            }
        };
    }

    private final class FromMonitor implements StateSource {
        @Override
        public ApplicationState state() {
            return monitor.state();
        }

        @Override
        public void refreshProgress() {
            monitor.refreshProgress();
        }
    }

    /** Writes a line about the application, unless an earlier controller has. */
    void line(String text) {
        output.line(text);
        written();
    }

    private void written() {
        lines.incrementAndGet();
        saving.changed();
    }

    /** @return how the application ended; cancelled by {@link #stop} */
    public CompletableFuture<ApplicationSummary> start() {
        record.setStateSource(new FromMonitor());
        save();
        explainUnknownSecrets();
        CompletableFuture<ApplicationSummary> end = monitor.start();
        return end.whenComplete((summary, problem) -> {
            saving.close();
            flushLogs();
        });
    }

    private void explainUnknownSecrets() {
        if (record.mask().isUnknown()) {
            line(
                    "WARNING: a credential of secretConf was deleted or changed, or a properties file has secrets, so the application's secrets can no longer be masked. The driver's log and the messages about its pods are not shown from here on. Read the log with: kubectl logs --namespace %s %s"
                            .formatted(
                                    record.handle().namespace(), record.handle().driverPodName()));
        }
    }

    /** A disk that is slow must not hold up the threads of the monitoring; and then no second save is queued. */
    private void saveSoon() {
        if (logs != null && logs.haveUnwritten()) {
            saving.changed();
        }
        boolean hasNews = lines.get() != linesSaved || logs != null && logs.areDue();
        if (hasNews && isSaveQueued.compareAndSet(false, true)) {
            try {
                resources.threads().checkpoint().execute(() -> {
                    isSaveQueued.set(false);
                    if (logs != null && logs.areDue()) {
                        logs.flush();
                    }
                    save();
                });
            } catch (RejectedExecutionException e) {
                LOGGER.log(Level.FINE, "The controller is shutting down; the last checkpoint is written by detach.", e);
            }
        }
    }

    private synchronized void save() {
        long now = lines.get();
        if (now == linesSaved) {
            return;
        }
        try {
            monitor.checkpoint(this::checkpoint).ifPresent(file::write);
            linesSaved = now;
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "No checkpoint of application " + record.id());
            saving.changed();
        }
    }

    private void flushLogs() {
        if (logs != null) {
            logs.flush();
        }
    }

    private Checkpoint checkpoint(MonitorCheckpoint reported) {
        try {
            return output.checkpoint(reported);
        } catch (IOException e) {
            throw new UncheckedIOException("The log of the build could not be written.", e);
        }
    }

    /** Stops watching, saves how far the log was shown, and closes the cluster; the application runs on. */
    public void detach() {
        stop();
        flushLogs();
        save();
        cluster.close();
    }

    /** Stops watching; the caller is to close the cluster. */
    public void stop() {
        stopped = true;
        monitor.stop();
        saving.close();
    }

    public boolean isStopped() {
        return stopped;
    }

    public String status() {
        return "%s: %s".formatted(record.monitored().driverPodName(), monitor.state());
    }

    public ApplicationCluster cluster() {
        return cluster;
    }
}
