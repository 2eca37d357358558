package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.ResourceVersions;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodListener;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Follows the driver pod until it is decided how the application ended.
 *
 * <p>A pod that a list no longer shows is not judged at once: the watch may still deliver how it ended. Reports the end
 * exactly once. Used by tasks of the application's mailbox only; makes no request.
 */
public final class DriverPodMonitor implements PodListener {

    /** Receives what the driver pod does, by tasks of the mailbox. */
    public interface Listener {
        /** A new version of the pod, which has not ended. */
        void driverSeen(Pod pod);

        /** @param last the pod as it was last seen; null when it never was */
        void driverEnded(ApplicationResult result, Pod last);
    }

    private final MonitorContext context;
    private final DriverContainer container;
    private final Listener listener;

    private String uid;
    private Pod last;
    private DriverStart start;
    private Instant missingSince;
    private boolean ended;

    /** @param since when the time that the driver has for its start began */
    public DriverPodMonitor(MonitorContext context, DriverSettings settings, Instant since, Listener listener) {
        this.context = context;
        this.container = settings.container();
        this.listener = listener;
        this.uid = context.application().driverPodUid();
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

    /** Looks at what only time can decide. */
    public void tick() {
        if (ended) {
            return;
        }
        Instant now = context.clock().instant();
        if (missingSince != null) {
            if (!now.isBefore(missingSince.plus(context.timings().vanishedGrace()))) {
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
            missingSince = missingSince == null ? context.clock().instant() : missingSince;
        }
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
        last = pod;
        start = start.seen(pod, context.clock().instant());
        missingSince = null;
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
}
