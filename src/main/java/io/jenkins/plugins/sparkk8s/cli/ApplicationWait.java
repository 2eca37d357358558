package io.jenkins.plugins.sparkk8s.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.conf.ActionableException;
import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationMonitor;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import io.jenkins.plugins.sparkk8s.monitor.SubmissionTimes;
import io.jenkins.plugins.sparkk8s.monitor.SummaryTable;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLogSource;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import io.jenkins.plugins.sparkk8s.submission.SubmissionOperations;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;

/** Waits for one submitted application, and kills it when the wait is aborted or the driver never started. */
final class ApplicationWait {
    private static final int THREADS = 2;

    private final KubernetesClient client;
    private final Console console;
    private final DriverSpec spec;
    private final SubmissionHandle handle;

    ApplicationWait(KubernetesClient client, Console console, DriverSpec spec, SubmissionHandle handle) {
        this.client = client;
        this.console = console;
        this.spec = spec;
        this.handle = handle;
    }

    /** @return the exit status of the command */
    int await(SubmissionTimes times, EventLogSource eventLog) throws InterruptedException {
        ScheduledExecutorService scheduler = MonitorScheduler.create(THREADS);
        try {
            ApplicationMonitor monitor = ApplicationMonitor.builder(
                            client, application(), spec.properties(), console::line)
                    .scheduler(scheduler)
                    .submission(times)
                    .eventLog(eventLog)
                    .followDriverLog(
                            DriverLogMode.find(spec.properties().get(KubernetesOptions.SUBMIT_FOLLOW_DRIVER_LOG))
                                    .orElse(DriverLogMode.ALL))
                    .build();
            return await(monitor);
        } finally {
            scheduler.shutdownNow();
        }
    }

    private int await(ApplicationMonitor monitor) throws InterruptedException {
        try {
            ApplicationSummary summary = monitor.start().get();
            if (summary.result().outcome() == ApplicationResult.Outcome.NEVER_STARTED) {
                kill();
            }
            console.line("");
            SummaryTable.lines(summary).forEach(console::line);
            if (!summary.result().isSuccess()) {
                console.error(summary.result().reason());
            }
            return summary.result().exitStatus();
        } catch (InterruptedException e) {
            monitor.stop();
            console.line("[submit] aborted");
            kill();
            throw e;
        } catch (ExecutionException e) {
            monitor.stop();
            throw new IllegalStateException(
                    "the application can no longer be monitored; it keeps running as " + handle.submissionId(),
                    e.getCause());
        }
    }

    private MonitoredApplication application() {
        return new MonitoredApplication(
                handle.namespace(),
                handle.applicationId(),
                handle.applicationName(),
                handle.driverPodName(),
                handle.driverPodUid(),
                handle.driverPodVersion());
    }

    private void kill() {
        try {
            new SubmissionOperations(client).kill(handle.submissionId(), Optional.empty());
            console.line(
                    "[submit] removed driver pod %s and the objects that it owns".formatted(handle.driverPodName()));
        } catch (ActionableException e) {
            console.error("The driver pod %s still runs in namespace %s: %s"
                    .formatted(handle.driverPodName(), handle.namespace(), e.getMessage()));
        }
    }
}
