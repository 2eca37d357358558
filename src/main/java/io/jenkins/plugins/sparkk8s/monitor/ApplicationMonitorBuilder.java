package io.jenkins.plugins.sparkk8s.monitor;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.kubernetes.SingleAttempts;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLogSource;
import io.jenkins.plugins.sparkk8s.monitor.log.LogRequests;
import io.jenkins.plugins.sparkk8s.monitor.output.ApplicationOutput;
import io.jenkins.plugins.sparkk8s.monitor.output.LogFiles;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorTimings;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodWatchHub;
import io.jenkins.plugins.sparkk8s.monitor.progress.UiRequests;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;

/** Collects what an {@link ApplicationMonitor} needs: the scheduler is required, the rest has a default. */
public final class ApplicationMonitorBuilder {
    // Read by the monitor.
    final KubernetesClient client;
    /** The same, for requests that are repeated by us. */
    final KubernetesClient once;

    final MonitoredApplication application;
    final SparkConf conf;
    final ApplicationOutput output;
    Clock clock = Clock.systemUTC();
    ScheduledExecutorService scheduler;
    SubmissionTimes submission = SubmissionTimes.unknown();
    private MonitorCheckpoint checkpoint;
    PodWatchHub hub;
    LogRequests logRequests = new LogRequests();
    UiRequests uiRequests = new UiRequests();
    DriverLogMode logMode = DriverLogMode.ALL;
    LogFiles logFiles = LogFiles.NONE;
    EventLogSource eventLog = EventLogSource.NONE;
    boolean readLogs = true;
    boolean progress = true;
    SecretMask mask;
    MonitorTimings timings = MonitorTimings.ordinary();

    ApplicationMonitorBuilder(
            KubernetesClient client, MonitoredApplication application, SparkConf conf, ApplicationOutput output) {
        this.client = Objects.requireNonNull(client, "client");
        this.once = SingleAttempts.of(client);
        this.application = Objects.requireNonNull(application, "application");
        this.conf = Objects.requireNonNull(conf, "conf");
        this.output = Objects.requireNonNull(output, "output");
        this.mask = SecretMask.of(conf);
    }

    /**
     * Hides these secrets in every text of the application: what its pods, events and termination messages say is masked
     * before it is compared, kept in a checkpoint or put in a result, and every line before it is written. By default
     * what the configuration itself has.
     */
    public ApplicationMonitorBuilder mask(SecretMask value) {
        this.mask = Objects.requireNonNull(value, "mask");
        return this;
    }

    /** For deadlines and durations; the system's by default. */
    public ApplicationMonitorBuilder clock(Clock value) {
        this.clock = value;
        return this;
    }

    /** Threads shared with other applications, see {@link MonitorScheduler}; required. */
    public ApplicationMonitorBuilder scheduler(ScheduledExecutorService value) {
        this.scheduler = value;
        return this;
    }

    /** Shares the watch with other applications; a hub of its own by default. */
    public ApplicationMonitorBuilder hub(PodWatchHub value) {
        this.hub = value;
        return this;
    }

    /** Bounds the reads of drivers' logs together with those of other applications; by itself by default. */
    public ApplicationMonitorBuilder logRequests(LogRequests value) {
        this.logRequests = Objects.requireNonNull(value, "logRequests");
        return this;
    }

    /** Bounds the reads of drivers' progress together with those of other applications; by itself by default. */
    public ApplicationMonitorBuilder uiRequests(UiRequests value) {
        this.uiRequests = Objects.requireNonNull(value, "uiRequests");
        return this;
    }

    /** What the summary reports of staging and submission. */
    public ApplicationMonitorBuilder submission(SubmissionTimes value) {
        this.submission = value;
        return this;
    }

    /** What an earlier monitor of the application has reported; null, as it is by default, when there was none. */
    public ApplicationMonitorBuilder checkpoint(MonitorCheckpoint value) {
        this.checkpoint = value;
        return this;
    }

    /** How much of the driver's log is shown; all by default. */
    public ApplicationMonitorBuilder followDriverLog(DriverLogMode value) {
        this.logMode = Objects.requireNonNull(value, "mode");
        return this;
    }

    /** Where whole logs are kept, whatever is shown of them; nowhere by default. */
    public ApplicationMonitorBuilder logFiles(LogFiles value) {
        this.logFiles = Objects.requireNonNull(value, "logFiles");
        return this;
    }

    /** No log of any container is read, shown or kept while the application is monitored. */
    public ApplicationMonitorBuilder withoutLogs() {
        this.logMode = DriverLogMode.NONE;
        this.logFiles = LogFiles.NONE;
        this.readLogs = false;
        return this;
    }

    /** Whether the progress of jobs and stages is read and shown, where the configuration wants it; true by default. */
    public ApplicationMonitorBuilder progress(boolean value) {
        this.progress = value;
        return this;
    }

    /** Where the event log is read once the application has ended; it is not by default. */
    public ApplicationMonitorBuilder eventLog(EventLogSource value) {
        this.eventLog = Objects.requireNonNull(value, "eventLog");
        return this;
    }

    /** Longest time without a line; 3 minutes by default. */
    public ApplicationMonitorBuilder heartbeat(Duration value) {
        this.timings = timings.withHeartbeat(value);
        return this;
    }

    ApplicationMonitorBuilder timings(MonitorTimings value) {
        this.timings = value;
        return this;
    }

    /** What has been reported before. */
    MonitorCheckpoint reported() {
        return checkpoint == null ? MonitorCheckpoint.beginning(clock.instant()) : checkpoint;
    }

    /** @throws io.jenkins.plugins.sparkk8s.conf.ConfigurationException when a value of the configuration is invalid */
    public ApplicationMonitor build() {
        Objects.requireNonNull(scheduler, "scheduler");
        return new ApplicationMonitor(this);
    }
}
