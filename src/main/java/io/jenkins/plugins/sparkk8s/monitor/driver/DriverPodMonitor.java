package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.jenkins.plugins.sparkk8s.kubernetes.ResourceVersions;
import io.jenkins.plugins.sparkk8s.monitor.MonitorSettings;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import io.jenkins.plugins.sparkk8s.monitor.pods.ApiReachability;
import io.jenkins.plugins.sparkk8s.monitor.pods.Backoff;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorTimings;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodQuery;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Follows the driver pod until it is decided how the application ended: a watch that re-opens itself, and a slow poll
 * for what a watch cannot tell (that it is silent because the API server is away).
 *
 * <p>A pod that a list no longer shows is not judged at once: the watch may still deliver how it ended. Lives from
 * {@link #start} to {@link #close}; tells of the end exactly once.
 */
public final class DriverPodMonitor implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(DriverPodMonitor.class.getName());

    /** Told of the driver pod, one call at a time; must not block. */
    public interface Listener {
        /** A new version of the pod, which has not ended. */
        void driverSeen(Pod pod);

        /** @param last the pod as it was last seen; null when it never was */
        void driverEnded(ApplicationResult result, Pod last);

        /** The API server answers again after failures. */
        void apiServerIsBack();
    }

    private final MonitoredApplication application;
    private final PodQuery query;
    private final DriverContainer container;
    private final Listener listener;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final MonitorTimings pace;
    private final Duration pollInterval;
    private final PodWatch watch;
    private final Backoff pollBackoff;
    private final ApiReachability reachability;

    private String uid;
    private Pod last;
    private DriverStart start;
    private Instant absentSince;
    private boolean ended;
    private boolean closed;
    private ScheduledFuture<?> nextPoll;

    /**
     * @param watching makes the watch of the query's pods
     * @param since when the time that the driver has for its start began
     */
    public DriverPodMonitor(
            MonitoredApplication application,
            PodQuery query,
            Function<PodWatch.Listener, PodWatch> watching,
            MonitorSettings settings,
            Listener listener,
            EventLines lines,
            ScheduledExecutorService scheduler,
            Clock clock,
            Instant since) {
        this.application = application;
        this.query = query;
        this.container = settings.driverContainer();
        this.listener = listener;
        this.scheduler = scheduler;
        this.clock = clock;
        this.pace = settings.pace();
        this.pollInterval = settings.driverPollInterval();
        this.watch = watching.apply(new FromWatch());
        this.pollBackoff = pace.backoff();
        this.reachability = new ApiReachability(lines, clock);
        this.uid = application.driverPodUid();
        this.start = DriverStart.begin(container, settings.startTimeout(), pace.startFailureGrace(), since);
    }

    public void start() {
        watch.start();
        pollAfter(pollInterval);
    }

    /** Looks at what only time can decide; makes no request. */
    public synchronized void tick() {
        if (ended || closed) {
            return;
        }
        Instant now = clock.instant();
        if (absentSince != null) {
            if (!now.isBefore(absentSince.plus(pace.vanishedGrace()))) {
                end(DriverResult.ofAbsent(last, application));
            }
        } else if (last != null) {
            start.verdict(last, now).ifPresent(this::end);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (nextPoll != null) {
                nextPoll.cancel(false);
            }
        }
        watch.close();
    }

    private void poll() {
        try {
            accept(query.list(null));
            pollBackoff.reset();
            if (reachability.answered()) {
                watch.retryNow();
                listener.apiServerIsBack();
            }
            pollAfter(pollInterval);
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "The driver pod could not be read; it will be tried again.", e);
            reachability.failed(e);
            pollAfter(pollBackoff.next());
        }
    }

    private synchronized void pollAfter(Duration delay) {
        if (closed || ended) {
            return;
        }
        if (nextPoll != null) {
            nextPoll.cancel(false);
        }
        try {
            nextPoll = scheduler.schedule(this::poll, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The scheduler is shut down; the driver pod is no longer polled.", e);
        }
    }

    private void accept(PodList list) {
        accept(list.getItems(), list.getMetadata().getResourceVersion());
    }

    private synchronized void accept(List<Pod> pods, String version) {
        Optional<Pod> ours = pods.stream().filter(this::isOurs).findFirst();
        if (ours.isPresent()) {
            observe(ours.get(), false);
        } else if (last == null || !ResourceVersions.isNewer(last.getMetadata().getResourceVersion(), version)) {
            absentSince = absentSince == null ? clock.instant() : absentSince;
        }
    }

    /** A pod of the same name with another uid is somebody else's, made after ours was deleted. */
    private boolean isOurs(Pod pod) {
        return uid == null || uid.equals(pod.getMetadata().getUid());
    }

    private synchronized void observe(Pod pod, boolean wasDeleted) {
        if (ended || closed || !isOurs(pod) || isOutdated(pod)) {
            return;
        }
        uid = pod.getMetadata().getUid();
        last = pod;
        start = start.seen(pod, clock.instant());
        absentSince = null;
        Optional<ApplicationResult> result = DriverResult.of(pod, wasDeleted, container);
        if (result.isPresent()) {
            end(result.get());
        } else {
            listener.driverSeen(pod);
        }
    }

    private boolean isOutdated(Pod pod) {
        return last != null
                && ResourceVersions.isNewer(
                        last.getMetadata().getResourceVersion(),
                        pod.getMetadata().getResourceVersion());
    }

    private void end(ApplicationResult result) {
        ended = true;
        listener.driverEnded(result, last);
    }

    private final class FromWatch implements PodWatch.Listener {
        @Override
        public void listed(List<Pod> pods, String version) {
            accept(pods, version);
        }

        @Override
        public void changed(Pod pod) {
            observe(pod, false);
        }

        @Override
        public void deleted(Pod pod) {
            observe(pod, true);
        }

        @Override
        public void interrupted() {
            pollAfter(pace.tick());
        }
    }
}
