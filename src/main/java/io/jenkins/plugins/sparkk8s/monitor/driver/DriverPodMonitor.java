package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.ResourceVersions;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import io.jenkins.plugins.sparkk8s.monitor.pods.PastVersion;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodListener;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Follows the driver pod until it is decided how the application ended.
 *
 * <p>A pod that a list no longer shows is not judged at once: the watch may still deliver how it ended, or the API server
 * remembers it. Reports the end exactly once. Used by tasks of the application's mailbox only; makes no request.
 */
public final class DriverPodMonitor implements PodListener {
    private static final int MOST_REPLAYS = 5;

    /** Receives what the driver pod does, by tasks of the mailbox. */
    public interface Listener {
        /** A new version of the pod, which has not ended. */
        void driverSeen(Pod pod);

        /** From now on {@link #isSettled} is false: {@link #tick} is to be called often until it is true again. */
        void deadlineBegan();

        /**
         * A list does not show the pod.
         *
         * @param since version of the pod after which nothing is known about it
         * @return what happened to it since; empty when that is not known, fails when there was no answer
         */
        CompletableFuture<List<PastVersion>> driverMissing(String since);

        /** @param last the pod as it was last seen; null when it never was */
        void driverEnded(ApplicationResult result, Pod last);
    }

    private final MonitorContext context;
    private final DriverContainer container;
    private final Listener listener;

    private String uid;
    /** Null when none is known. */
    private String version;

    private Pod last;
    private DriverStart start;
    private Instant missingSince;
    private boolean replaying;
    private boolean ended;

    /**
     * @param since when the time that the driver has for its start began
     * @param reportedVersion version of the pod that an earlier monitor has seen; null when there was none
     */
    public DriverPodMonitor(
            MonitorContext context, DriverSettings settings, Instant since, String reportedVersion, Listener listener) {
        this.context = context;
        this.container = settings.container();
        this.listener = listener;
        this.uid = context.application().driverPodUid();
        this.version = reportedVersion == null ? context.application().driverPodVersion() : reportedVersion;
        this.start = DriverStart.begin(
                container, settings.startTimeout(), context.timings().startFailureGrace(), since);
    }

    /** Whether a pod of the application is its driver. */
    public boolean isDriver(Pod pod) {
        return context.application().driverPodName().equals(pod.getMetadata().getName());
    }

    /** Whether the end has been reported. */
    public boolean hasEnded() {
        return ended;
    }

    /** Looks at what only time can decide; nothing while the driver is settled. */
    public void tick() {
        if (ended) {
            return;
        }
        Instant now = context.clock().instant();
        if (missingSince != null) {
            if (!replaying && !now.isBefore(missingSince.plus(context.timings().vanishedGrace()))) {
                end(DriverResult.ofMissing(last, context.application()));
            }
        } else if (last != null) {
            start.verdict(last, now).ifPresent(this::end);
        }
    }

    /** Whether time alone decides nothing soon. */
    public boolean isSettled() {
        return last != null && missingSince == null && container.hasStarted(last);
    }

    @Override
    public void listed(List<Pod> pods, String version) {
        Optional<Pod> ours =
                pods.stream().filter(this::isDriver).filter(this::isOurs).findFirst();
        if (ours.isPresent()) {
            observe(ours.get(), false);
        } else if (last == null || !ResourceVersions.isNewer(last.getMetadata().getResourceVersion(), version)) {
            missing();
        }
    }

    private void missing() {
        if (missingSince == null && !ended) {
            missingSince = context.clock().instant();
            listener.deadlineBegan();
            if (version != null) {
                replay(MOST_REPLAYS);
            }
        }
    }

    /** A request without an answer waits, when it is repeated, until the API server answers again. */
    private void replay(int attempts) {
        replaying = true;
        listener.driverMissing(version)
                .whenCompleteAsync(
                        (versions, problem) -> {
                            replaying = false;
                            if (problem == null) {
                                versions.forEach(past -> observe(past.pod(), past.deleted()));
                            } else if (attempts > 1) {
                                replaying = true;
                                context.mailbox()
                                        .schedule(
                                                () -> replay(attempts - 1),
                                                context.timings().events());
                            }
                        },
                        context.mailbox());
    }

    @Override
    public void changed(Pod pod) {
        observe(pod, false);
    }

    @Override
    public void deleted(Pod pod) {
        observe(pod, true);
    }

    /** A pod of the same name with another uid is another one, made after ours was deleted. */
    private boolean isOurs(Pod pod) {
        return uid == null || uid.equals(pod.getMetadata().getUid());
    }

    private void observe(Pod pod, boolean wasDeleted) {
        if (ended || !isOurs(pod) || isOutdated(pod)) {
            return;
        }
        uid = pod.getMetadata().getUid();
        version = pod.getMetadata().getResourceVersion();
        last = pod;
        start = start.seen(pod, context.clock().instant());
        missingSince = null;
        Optional<ApplicationResult> result = DriverResult.of(pod, wasDeleted, container);
        if (result.isPresent()) {
            end(result.get());
            return;
        }
        if (!isSettled()) {
            listener.deadlineBegan();
        }
        listener.driverSeen(pod);
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
}
