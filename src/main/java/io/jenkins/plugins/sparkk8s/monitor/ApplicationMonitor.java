package io.jenkins.plugins.sparkk8s.monitor;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverPodLines;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverPodMonitor;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverSettings;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverSpan;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverTimes;
import io.jenkins.plugins.sparkk8s.monitor.driver.StartWarnings;
import io.jenkins.plugins.sparkk8s.monitor.driver.WarningEvents;
import io.jenkins.plugins.sparkk8s.monitor.executors.AllocationLog;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorEvents;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorPods;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorSettings;
import io.jenkins.plugins.sparkk8s.monitor.executors.MissingExecutors;
import io.jenkins.plugins.sparkk8s.monitor.log.DriverLogFollower;
import io.jenkins.plugins.sparkk8s.monitor.output.ApplicationOutput;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import io.jenkins.plugins.sparkk8s.monitor.pods.Mailbox;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.monitor.pods.PastVersion;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodSubscription;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodWatchHub;
import io.jenkins.plugins.sparkk8s.monitor.progress.DriverUi;
import io.jenkins.plugins.sparkk8s.monitor.progress.ProgressMonitor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Follows one submitted application to its end: writes event lines and the driver's log to the output and completes
 * with the true result.
 *
 * <p>{@link #start} once; then either the returned future completes with the summary, or {@link #stop} ends the
 * monitoring and leaves the application alone. Nothing on the cluster is changed, a driver that never started included:
 * deleting it is the caller's. After a restart a new monitor of the same application continues from a kept
 * {@link #checkpoint}, and reports only what is new.
 *
 * <p>All that changes its state is a task of one {@link Mailbox}; none of them waits for an answer of the cluster.
 */
public final class ApplicationMonitor {
    private final MonitorContext context;
    private final DriverSettings driverSettings;
    private final ExecutorSettings executorSettings;
    private final ApplicationFigures figures;
    private final FinalFigures finalFigures;
    private final SubmissionTimes submission;
    private final MonitoredLogs logs;
    private final DriverPodLines driverLines;
    private final DriverPodMonitor driver;
    private final WarningEvents warnings;
    private final StartWarnings startWarnings;
    private final ExecutorEvents executors;
    private final MissingExecutors missing;
    private final ApplicationTicks ticks;
    private final FinalReport finalReport;
    private final DriverLogFollower log;
    private final ProgressMonitor progress;
    private final PodSubscription pods;
    private final Executor ends;
    private final CompletableFuture<ApplicationSummary> end = new CompletableFuture<>();
    private final Instant startTime;

    /** Whether the application's end is being reported. */
    private boolean ending;

    ApplicationMonitor(ApplicationMonitorBuilder builder) {
        PodWatchHub hub = builder.hub == null ? new PodWatchHub(builder.scheduler, builder.timings) : builder.hub;
        this.context = context(builder, hub.mailbox());
        this.ends = hub.mailbox();
        this.driverSettings = DriverSettings.of(builder.conf);
        this.executorSettings = ExecutorSettings.of(builder.conf);
        this.submission = builder.submission;
        MonitorCheckpoint reported = builder.reported();
        this.startTime = reported.start();
        this.driverLines = new DriverPodLines(context.lines(), driverSettings.container(), reported.driver());
        this.driver = new DriverPodMonitor(
                context, driverSettings, startTime, reported.driver().version(), new FromDriver());
        AllocationLog allocation = new AllocationLog(builder.clock);
        this.logs = MonitoredLogs.of(builder, context, reported.log(), allocation::line);
        this.log = logs.driver();
        this.executors =
                new ExecutorEvents(context.lines(), context.clock(), reported.executors(), logs.ofExecutors()::failed);
        this.ticks = new ApplicationTicks(context, driver, startTime, this::words);
        ExecutorPods executorPods = new ExecutorPods(context, executorSettings, executors);
        MissingExecutors.Known known = new MissingExecutors.Known(executorPods, executors, allocation);
        this.missing = new MissingExecutors(context, executorSettings, known, this::events);
        this.progress = progress(builder, reported);
        this.figures = new ApplicationFigures(
                new ApplicationFigures.Executors(executors, missing, executorSettings),
                progress,
                context.clock(),
                reported.driverSpan());
        this.finalFigures = new FinalFigures(context, builder.eventLog, figures);
        this.pods = hub.subscribe(
                builder.client, context, polls(), new ApplicationPods(context, driver, executorPods, log, progress));
        this.warnings = new WarningEvents(context, pods::events, driverSettings.container(), reported.warnings());
        this.startWarnings = new StartWarnings(context, warnings);
        this.finalReport = new FinalReport(context, driverSettings.container(), executors, warnings, logs);
    }

    private static MonitorContext context(ApplicationMonitorBuilder builder, Mailbox mailbox) {
        return new MonitorContext(
                builder.application,
                mailbox,
                new EventLines(new ReportedVersion(builder.output, builder.conf), builder.mask, builder.clock),
                builder.clock,
                builder.timings);
    }

    private ProgressMonitor progress(ApplicationMonitorBuilder builder, MonitorCheckpoint reported) {
        return ProgressMonitor.of(
                context,
                builder.once,
                DriverUi.of(builder.conf, builder.progress),
                builder.uiRequests,
                reported.progress());
    }

    private String words() {
        return "driver %s, %s".formatted(driverLines.current(), executors.counts());
    }

    private CompletableFuture<List<Event>> events(String pod) {
        return pods.events(pod);
    }

    /** The driver's poll is rare, since its pod is watched; executors have an interval of their own. */
    private PodSubscription.Polls polls() {
        ExecutorSettings.Following following = executorSettings.following();
        Duration driverPoll =
                longer(driverSettings.reportInterval(), context.timings().driverPoll());
        boolean executorsDecide = following.poll() && following.pollInterval().compareTo(driverPoll) < 0;
        return new PodSubscription.Polls(
                executorsDecide ? following.pollInterval() : driverPoll, following.fromCache());
    }

    private static Duration longer(Duration left, Duration right) {
        return left.compareTo(right) >= 0 ? left : right;
    }

    /**
     * @param conf the application's properties, as they were submitted
     * @param output where the lines go
     */
    public static ApplicationMonitorBuilder builder(
            KubernetesClient client, MonitoredApplication application, SparkConf conf, ApplicationOutput output) {
        return new ApplicationMonitorBuilder(client, application, conf, output);
    }

    /**
     * Begins to watch; returns at once.
     *
     * @return completes with how the application ended, on a thread that may wait but is shared; is cancelled by
     *     {@link #stop}
     */
    public CompletableFuture<ApplicationSummary> start() {
        context.mailbox().execute(() -> {
            if (!driverLines.hasReported()) {
                MonitoredApplication application = context.application();
                context.lines()
                        .spark("watching application %s, driver pod %s in namespace %s"
                                .formatted(
                                        application.applicationId(),
                                        application.driverPodName(),
                                        application.namespace()));
            }
            ticks.begin();
        });
        pods.start();
        return end;
    }

    /**
     * Ends the monitoring without a result; the application keeps running. May be called at any time, by any thread and
     * more than once; waits for nothing.
     */
    public void stop() {
        close();
        end.cancel(false);
    }

    private void close() {
        context.mailbox().close();
        pods.close();
        log.close();
    }

    /**
     * Hands over what has been reported so far, and writes no line of the driver or of an executor until that has been
     * taken; so the caller also knows where in the output the next line will be. May be called by any thread.
     *
     * @param taking must be quick, and call nothing of this monitor
     * @return empty, and nothing was handed over, once the application's end is being reported
     */
    public <T> Optional<T> checkpoint(Function<MonitorCheckpoint, T> taking) {
        return context.mailbox().call(() -> ending ? Optional.empty() : Optional.of(taking.apply(reported())));
    }

    private MonitorCheckpoint reported() {
        return MonitorCheckpoint.of(
                startTime, log.cursor(), driverLines.reported(), warnings.reported(), figures.reported());
    }

    /**
     * How the application stands, from memory: makes no request and waits for nothing, so that a page may ask at will.
     * May be called at any time and by any thread; after the end it stays as it was then.
     */
    public ApplicationState state() {
        return figures.state(driverLines.current());
    }

    /** A user looks at the progress, which is read more often for a while. May be called by any thread, at will. */
    public void refreshProgress() {
        progress.look();
    }

    private void wrapUp(ApplicationResult result, Pod last) {
        CompletableFuture<Void> logRead = log.finish(context.timings().lastLog());
        CompletableFuture<ApplicationResult> explained = finalReport.of(result, last);
        boolean hasRun = last != null && driverSettings.container().hasStarted(last);
        CompletableFuture<Void> figuresRead = finalFigures.read(hasRun);
        if (executorSettings.isFollowed() && !pods.isWatched()) {
            pods.refresh();
        }
        logRead.thenCombine(explained, (read, whole) -> whole)
                .thenApplyAsync(this::report, context.mailbox())
                .thenCombine(figuresRead, (whole, eventLog) -> whole)
                .thenAcceptAsync(whole -> complete(whole, last), context.mailbox());
    }

    /** Before the event log has been read, which may take long. */
    private ApplicationResult report(ApplicationResult result) {
        ending = true;
        driverLines.ended(result);
        if (!result.isSuccess()) {
            context.lines().spark(result.reason());
            result.details().forEach(detail -> context.lines().spark("  " + detail));
        }
        return result;
    }

    private void complete(ApplicationResult result, Pod last) {
        close();
        ApplicationSummary summary = figures.summary(
                context.application(), result, submission, DriverTimes.of(last, driverSettings.container()));
        ends.execute(() -> end.complete(summary));
    }

    /** Turns what the driver pod does into lines and the next steps. */
    private final class FromDriver implements DriverPodMonitor.Listener {
        @Override
        public void driverSeen(Pod pod) {
            driverLines.seen(pod);
            figures.driverSeen(DriverSpan.of(pod, driverSettings.container()));
            boolean started = driverSettings.container().hasStarted(pod);
            if (!started) {
                startWarnings.waiting(pod);
                return;
            }
            startWarnings.stop();
            progress.driverRuns();
            missing.driverRuns();
            logs.start(driverSettings.container(), pod);
        }

        @Override
        public void deadlineBegan() {
            ticks.often();
        }

        @Override
        public CompletableFuture<List<PastVersion>> driverMissing(String since) {
            return pods.history(context.application().driverPodName(), since);
        }

        @Override
        public void driverEnded(ApplicationResult result, Pod last) {
            startWarnings.stop();
            missing.stop();
            progress.close();
            if (last != null) {
                figures.driverSeen(DriverSpan.of(last, driverSettings.container()));
            }
            if (last != null && driverSettings.container().hasStarted(last)) {
                logs.start(driverSettings.container(), last);
            }
            wrapUp(result, last);
        }
    }
}
