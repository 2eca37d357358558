package io.jenkins.plugins.sparkk8s.monitor;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.kubernetes.SingleAttempts;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverPodLines;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverPodMonitor;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverTimes;
import io.jenkins.plugins.sparkk8s.monitor.driver.WarningEvents;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorCounts;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorEvents;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorPodsSnapshotsStore;
import io.jenkins.plugins.sparkk8s.monitor.executors.PollingSnapshotSource;
import io.jenkins.plugins.sparkk8s.monitor.executors.WatchSnapshotSource;
import io.jenkins.plugins.sparkk8s.monitor.log.DriverLogFollower;
import io.jenkins.plugins.sparkk8s.monitor.log.PodLogSource;
import io.jenkins.plugins.sparkk8s.monitor.output.ApplicationOutput;
import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorTimings;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodQuery;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodTexts;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodWatchHub;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Follows one submitted application to its end: writes event lines and the driver's log to the output and completes with
 * the true result.
 *
 * <p>{@link #start} once; then either the returned future completes with the summary, or {@link #stop} ends the
 * monitoring and leaves the application alone. Nothing on the cluster is changed, a driver that never started included:
 * deleting it is the caller's. After a restart a new monitor of the same application goes on from a kept
 * {@link #checkpoint}, and tells only what is new.
 */
public final class ApplicationMonitor {
    private static final Logger LOGGER = Logger.getLogger(ApplicationMonitor.class.getName());

    private final MonitoredApplication application;
    private final MonitorSettings settings;
    private final ScheduledExecutorService scheduler;
    private final SubmissionTimes submission;
    private final boolean followLog;
    private final EventLines lines;
    private final DriverPodLines driverLines;
    private final WarningEvents warnings;
    private final DriverLogFollower log;
    private final ExecutorEvents executors;
    private final ExecutorPodsSnapshotsStore store;
    private final WatchSnapshotSource watching;
    private final PollingSnapshotSource polling;
    private final DriverPodMonitor driver;
    private final CompletableFuture<ApplicationSummary> end = new CompletableFuture<>();
    private final List<ScheduledFuture<?>> tasks = new ArrayList<>();
    private final Clock clock;
    private final Instant startTime;

    /** Guarded by the lock of the driver's lines. */
    private boolean ending;

    /** The driver pod while it has not started, whose Warning events are of interest; else null. */
    private volatile Pod startingDriver;

    ApplicationMonitor(ApplicationMonitorBuilder builder) {
        KubernetesClient client = SingleAttempts.of(builder.client);
        this.application = builder.application;
        this.settings = MonitorSettings.of(builder.conf, builder.pace);
        this.scheduler = builder.scheduler;
        this.clock = builder.clock;
        MonitorCheckpoint told =
                builder.checkpoint == null ? MonitorCheckpoint.beginning(clock.instant()) : builder.checkpoint;
        this.startTime = told.start();
        this.submission = builder.submission;
        this.followLog = builder.followLog;
        MonitorTimings pace = settings.pace();
        this.lines = new EventLines(builder.output, builder.mask, clock);
        this.driverLines = new DriverPodLines(lines, settings.driverContainer(), told.driver());
        this.warnings = new WarningEvents(
                client,
                new PodTexts(builder.mask),
                lines,
                clock,
                pace.mountGrace(),
                settings.driverContainer(),
                told.warnings());
        this.log = new DriverLogFollower(new PodLogSource(client, application), lines, scheduler, pace, told.log());
        this.executors = new ExecutorEvents(lines, clock, told.executors());
        this.store = new ExecutorPodsSnapshotsStore(settings.mapper(), scheduler, clock);
        PodQuery executorPods = PodQuery.executors(client, application).hiding(builder.mask);
        PodWatchHub hub = builder.hub == null ? new PodWatchHub(scheduler, pace) : builder.hub;
        this.watching = new WatchSnapshotSource(store, listener -> hub.watch(builder.client, executorPods, listener));
        this.polling = new PollingSnapshotSource(executorPods, store, scheduler, settings.pollFromCache());
        PodQuery driverPod = PodQuery.driver(client, application).hiding(builder.mask);
        this.driver = new DriverPodMonitor(
                application,
                driverPod,
                listener -> hub.watch(builder.client, driverPod, listener),
                settings,
                new FromDriver(),
                lines,
                scheduler,
                clock,
                startTime);
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
     * @return completes with how the application ended, on a thread of the scheduler; is cancelled by {@link #stop}
     */
    public CompletableFuture<ApplicationSummary> start() {
        if (!driverLines.hasTold()) {
            lines.spark("watching application %s, driver pod %s in namespace %s"
                    .formatted(application.applicationId(), application.driverPodName(), application.namespace()));
        }
        store.addSubscriber(settings.batchInterval(), executors);
        if (settings.watchExecutors()) {
            watching.start();
        }
        if (settings.pollExecutors()) {
            polling.start(settings.pollInterval());
        }
        driver.start();
        repeat(settings.pace().tick(), this::tick);
        repeat(settings.pace().events(), this::readWarnings);
        return end;
    }

    /** Ends the monitoring without a result; the application goes on. May be called at any time and more than once. */
    public void stop() {
        close();
        store.stop();
        end.cancel(false);
    }

    /**
     * Hands over what has been told so far, and writes no line of the driver or of an executor until that has been taken; so
     * whoever takes it can also tell where in the output the next line will be. May be called by any thread.
     *
     * @param taking must be quick, and call nothing of this monitor
     * @return empty, and nothing was handed over, once the application's end is being told
     */
    public <T> Optional<T> checkpoint(Function<MonitorCheckpoint, T> taking) {
        synchronized (executors) {
            synchronized (driverLines) {
                synchronized (warnings) {
                    synchronized (log) {
                        return ending ? Optional.empty() : Optional.of(taking.apply(told()));
                    }
                }
            }
        }
    }

    private MonitorCheckpoint told() {
        return MonitorCheckpoint.of(startTime, log.cursor(), driverLines.told(), executors.told(), warnings.told());
    }

    /**
     * How the application stands, from memory: makes no request and waits for nothing, so that a page may ask at will. May
     * be called at any time and by any thread; after the end it stays as it was then.
     */
    public ApplicationState state() {
        ExecutorCounts counts = executors.counts();
        return new ApplicationState(
                driverLines.current(),
                settings.requested(),
                counts.running(),
                counts.pending(),
                counts.peak(),
                counts.failed());
    }

    private synchronized void repeat(Duration interval, Runnable task) {
        tasks.add(scheduler.scheduleWithFixedDelay(task, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void tick() {
        try {
            driver.tick();
            heartbeat();
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "The deadlines of an application could not be looked at.", e);
        }
    }

    private void heartbeat() {
        if (lines.quietFor().compareTo(settings.pace().heartbeat()) >= 0) {
            lines.spark("still there after %s: driver %s, %s"
                    .formatted(
                            Durations.format(Duration.between(startTime, clock.instant())),
                            driverLines.current(),
                            executors.counts()));
        }
    }

    private void readWarnings() {
        Pod starting = startingDriver;
        if (starting != null) {
            warnings.refresh(starting);
        }
    }

    private void wrapUp(ApplicationResult result, Pod last) {
        CompletableFuture<Void> logRead = log.finish(settings.pace().lastLog());
        CompletableFuture<Void> executorsGone = executors
                .driverEnded(
                        last == null
                                ? null
                                : DriverTimes.finishedAt(last, settings.driverContainer())
                                        .orElse(null))
                .completeOnTimeout(null, settings.pace().lastExecutors().toNanos(), TimeUnit.NANOSECONDS);
        if (settings.watchExecutors() || settings.pollExecutors()) {
            polling.poll();
        }
        store.notifySubscribers();
        CompletableFuture.allOf(logRead, executorsGone)
                .thenRunAsync(() -> complete(explained(result, last), last), scheduler)
                .exceptionally(problem -> {
                    end.completeExceptionally(problem);
                    return null;
                });
    }

    private ApplicationResult explained(ApplicationResult result, Pod last) {
        if (result.outcome() != ApplicationResult.Outcome.NEVER_STARTED) {
            return result;
        }
        warnings.refresh(last);
        return result.withDetails(warnings.texts());
    }

    private void complete(ApplicationResult result, Pod last) {
        close();
        store.stop();
        synchronized (driverLines) {
            ending = true;
            driverLines.ended(result);
        }
        if (!result.isSuccess()) {
            lines.spark(result.reason());
            result.details().forEach(detail -> lines.spark("  " + detail));
        }
        DriverTimes times = DriverTimes.of(last, settings.driverContainer());
        ExecutorCounts counts = executors.counts();
        end.complete(new ApplicationSummary(
                application,
                result,
                submission,
                times.scheduled(),
                times.started(),
                times.running(),
                settings.requested(),
                counts.peak(),
                counts.failed()));
    }

    private void close() {
        driver.close();
        watching.close();
        polling.close();
        log.close();
        synchronized (this) {
            tasks.forEach(task -> task.cancel(false));
        }
    }

    /** Turns what the driver pod tells into lines and the next steps. */
    private final class FromDriver implements DriverPodMonitor.Listener {
        @Override
        public void driverSeen(Pod pod) {
            driverLines.seen(pod);
            boolean started = settings.driverContainer().hasStarted(pod);
            startingDriver = started ? null : pod;
            if (started && followLog) {
                log.start(settings.driverContainer().nameIn(pod));
            }
        }

        @Override
        public void driverEnded(ApplicationResult result, Pod last) {
            startingDriver = null;
            boolean hasLog = last != null && settings.driverContainer().hasStarted(last);
            if (hasLog && followLog) {
                log.start(settings.driverContainer().nameIn(last));
            }
            try {
                scheduler.execute(() -> wrapUp(result, last));
            } catch (RejectedExecutionException e) {
                end.completeExceptionally(e);
            }
        }

        @Override
        public void apiServerIsBack() {
            watching.retryNow();
        }
    }
}
