package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.jenkins.plugins.sparkk8s.kubernetes.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The phases of a driver's life as its pod reports them, in whole seconds because the API knows no finer.
 *
 * @param scheduled from the pod's creation until a node was found; null when it never was
 * @param started from then until the Spark container ran (volumes, images); null when it never did
 * @param running how long the Spark container ran; null when that is not known
 */
public record DriverTimes(Duration scheduled, Duration started, Duration running) {
    static final DriverTimes UNKNOWN = new DriverTimes(null, null, null);

    /** @param pod the driver pod as it was last seen; null when it never was */
    public static DriverTimes of(Pod pod, DriverContainer container) {
        if (pod == null) {
            return UNKNOWN;
        }
        Optional<Instant> created = Pods.time(pod.getMetadata().getCreationTimestamp());
        Optional<Instant> scheduled = Pods.condition(pod, "PodScheduled")
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(PodCondition::getLastTransitionTime)
                .flatMap(Pods::time);
        Optional<Instant> started = container.statusIn(pod).flatMap(DriverTimes::startOf);
        return new DriverTimes(
                between(created, scheduled),
                between(scheduled.or(() -> created), started),
                between(started, finishedAt(pod, container)));
    }

    public static Optional<Instant> finishedAt(Pod pod, DriverContainer container) {
        return container
                .terminatedIn(pod)
                .map(ContainerStateTerminated::getFinishedAt)
                .flatMap(Pods::time);
    }

    private static Optional<Instant> startOf(ContainerStatus status) {
        return Pods.terminated(status)
                .map(ContainerStateTerminated::getStartedAt)
                .or(() -> Optional.ofNullable(status.getState())
                        .map(state -> state.getRunning())
                        .map(ContainerStateRunning::getStartedAt))
                .flatMap(Pods::time);
    }

    private static Duration between(Optional<Instant> from, Optional<Instant> to) {
        if (from.isEmpty() || to.isEmpty()) {
            return null;
        }
        Duration time = Duration.between(from.get(), to.get());
        return time.isNegative() ? Duration.ZERO : time;
    }
}
