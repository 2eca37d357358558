package io.jenkins.plugins.sparkk8s.jenkins;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationMonitor;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationOutput;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Watches one submitted application for its build. How far the driver's log was shown is written down every second, so that
 * a controller that comes after shows the rest.
 */
final class ApplicationWatch {
    private static final Logger LOGGER = Logger.getLogger(ApplicationWatch.class.getName());
    private static final long SAVE_SECONDS = 1;

    private final ApplicationRecord record;
    private final Run<?, ?> run;
    private final ApplicationCluster cluster;
    private final SparkRuntime runtime;
    private final LogCursorFile cursor;
    private final ResumedOutput output;
    private final ApplicationMonitor monitor;
    private ScheduledFuture<?> saving;
    private volatile boolean letGo;

    /** @param shown the last lines of the build log, when an earlier controller has written some; else none */
    ApplicationWatch(
            ApplicationRecord record,
            ApplicationCluster cluster,
            Run<?, ?> run,
            ApplicationOutput output,
            List<String> shown,
            SparkRuntime runtime) {
        this.record = record;
        this.run = run;
        this.cluster = cluster;
        this.runtime = runtime;
        this.cursor = new LogCursorFile(run.getRootDir().toPath(), record.id(), Clock.systemUTC());
        this.output = new ResumedOutput(output, shown);
        this.monitor = ApplicationMonitor.builder(
                        cluster.client(), record.monitored(), SparkConf.of(record.monitorConf()), this.output)
                .scheduler(runtime.monitors())
                .submission(record.submissionTimes())
                .logCursor(cursor.read())
                .followDriverLog(record.followsDriverLog())
                .build();
    }

    /** @return how the application ended; cancelled by {@link #letGo} */
    CompletableFuture<ApplicationSummary> start() {
        record.watchedBy(monitor::state);
        CompletableFuture<ApplicationSummary> end = monitor.start();
        synchronized (this) {
            saving =
                    runtime.monitors().scheduleWithFixedDelay(this::keep, SAVE_SECONDS, SAVE_SECONDS, TimeUnit.SECONDS);
        }
        return end.whenComplete((summary, problem) -> {
            stopSaving();
            if (summary != null) {
                output.end();
                cursor.delete();
            }
        });
    }

    private void keep() {
        cursor.reached(monitor.logCursor());
        if (record.seen(monitor.state())) {
            runtime.submissions().execute(this::save);
        }
    }

    private void save() {
        try {
            SparkApplicationsAction.of(run).save();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The counts of application " + record.id() + " could not be saved");
        }
    }

    /** Stops watching; the application goes on. */
    void letGo() {
        letGo = true;
        monitor.stop();
        stopSaving();
        cluster.close();
    }

    boolean isLetGo() {
        return letGo;
    }

    private synchronized void stopSaving() {
        if (saving != null) {
            saving.cancel(false);
            saving = null;
            cursor.reached(monitor.logCursor());
        }
    }

    String status() {
        return "%s: %s".formatted(record.monitored().driverPodName(), monitor.state());
    }

    ApplicationCluster cluster() {
        return cluster;
    }
}
