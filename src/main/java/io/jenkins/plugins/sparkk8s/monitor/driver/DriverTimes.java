package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
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
        DriverSpan span = DriverSpan.of(pod, container);
        Long scheduled = span.scheduled() == null ? span.created() : span.scheduled();
        return new DriverTimes(
                between(span.created(), span.scheduled()),
                between(scheduled, span.started()),
                between(span.started(), span.finished()));
    }

    public static Optional<Instant> finishedAt(Pod pod, DriverContainer container) {
        return container
                .terminatedIn(pod)
                .map(ContainerStateTerminated::getFinishedAt)
                .flatMap(Pods::time);
    }

    private static Duration between(Long from, Long to) {
        return from == null || to == null ? null : Duration.ofMillis(Math.max(0, to - from));
    }
}
