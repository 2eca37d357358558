package io.jenkins.plugins.sparkk8s.monitor;

import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverSpan;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverTimes;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLogFigures;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorCounts;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorEvents;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorSettings;
import io.jenkins.plugins.sparkk8s.monitor.executors.MissingExecutors;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.monitor.progress.ExecutorTotals;
import io.jenkins.plugins.sparkk8s.monitor.progress.ProgressMonitor;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageHistory;
import java.time.Clock;
import java.time.Duration;

/**
 * What the parts that monitor an application know of it at one moment, put together for pages, for the checkpoint and for the
 * summary. Makes no request. May be read by any thread.
 */
final class ApplicationFigures {
    private final ExecutorEvents executors;
    private final MissingExecutors missing;
    private final ExecutorSettings settings;
    private final ProgressMonitor progress;
    private final Clock clock;

    /** Null before the driver was seen. */
    private volatile DriverSpan driver;

    /** Null until the event log was read. */
    private volatile EventLogFigures ofEventLog;

    /** What is known of executors. */
    record Executors(ExecutorEvents events, MissingExecutors missing, ExecutorSettings settings) {}

    /** @param earlier the driver as an earlier monitor has seen it; null when there was none */
    ApplicationFigures(Executors ofExecutors, ProgressMonitor progress, Clock clock, DriverSpan earlier) {
        this.executors = ofExecutors.events();
        this.missing = ofExecutors.missing();
        this.settings = ofExecutors.settings();
        this.progress = progress;
        this.clock = clock;
        this.driver = earlier;
    }

    void driverSeen(DriverSpan span) {
        driver = span;
    }

    /** @param driverState as {@link ApplicationState#driver} */
    ApplicationState state(String driverState) {
        ExecutorCounts counts = executors.counts();
        return new ApplicationState(
                driverState,
                settings.requested(),
                counts.running(),
                counts.pending(),
                counts.peak(),
                counts.failed(),
                progress.progress(),
                new ApplicationTimeline(driver, executors.history(), progress.stages()),
                cost(),
                missing.current());
    }

    /** What a later monitor continues from. */
    ApplicationTimeline.Reported reported() {
        return new ApplicationTimeline.Reported(driver, executors.reported(), progress.reported());
    }

    ApplicationSummary summary(
            MonitoredApplication application, ApplicationResult result, SubmissionTimes submission, DriverTimes times) {
        ExecutorCounts counts = executors.counts();
        return new ApplicationSummary(
                application,
                result,
                submission,
                times.scheduled(),
                times.started(),
                times.running(),
                settings.requested(),
                counts.peak(),
                counts.failed(),
                cost());
    }

    /** The application has ended, and this is what its event log says; a log without an end may know less than the driver said. */
    void readFromEventLog(EventLogFigures read) {
        ExecutorTotals known = progress.totals();
        if (read.complete() || known == null || tasks(read.totals()) >= tasks(known)) {
            ofEventLog = read;
        }
    }

    private static long tasks(ExecutorTotals totals) {
        return totals.tasks() + totals.failedTasks();
    }

    private ApplicationCost cost() {
        EventLogFigures read = ofEventLog;
        return read == null
                ? cost(ApplicationCost.Source.DRIVER, progress.totals(), progress.stageTotals())
                : cost(
                        read.complete() ? ApplicationCost.Source.EVENT_LOG : ApplicationCost.Source.PARTIAL_EVENT_LOG,
                        read.totals(),
                        read.stages());
    }

    private ApplicationCost cost(ApplicationCost.Source source, ExecutorTotals totals, StageHistory.Totals stages) {
        long millis = executors.history().runMillis();
        long sinceTotals = totals == null
                ? 0
                : Math.max(0, Duration.between(totals.at(), clock.instant()).toMillis());
        return new ApplicationCost(
                source,
                totals,
                stages,
                new ApplicationCost.ExecutorTime(
                        millis,
                        Math.max(0, millis - sinceTotals * executors.counts().peak()),
                        settings.cores(),
                        settings.requested().dynamic()));
    }
}
