package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.jenkins.plugins.sparkk8s.kubernetes.Pods;
import java.time.Instant;
import java.util.Optional;

/**
 * The life of the driver, for a timeline. Times are milliseconds since 1970, and null is what did not happen yet or is not
 * known.
 *
 * @param node null before it was scheduled
 * @param created when its pod was created
 * @param scheduled when a node was found
 * @param started when Spark's container began
 * @param finished when that ended
 * @param exitCode of Spark's container
 */
public record DriverSpan(String node, Long created, Long scheduled, Long started, Long finished, Integer exitCode) {

    /** @param pod as it was last seen */
    public static DriverSpan of(Pod pod, DriverContainer container) {
        Optional<ContainerStatus> status = container.statusIn(pod);
        Optional<ContainerStateTerminated> ended = container.terminatedIn(pod);
        return new DriverSpan(
                Pods.node(pod).orElse(null),
                millis(Pods.time(pod.getMetadata().getCreationTimestamp())),
                millis(scheduled(pod)),
                millis(status.flatMap(DriverSpan::started)),
                millis(DriverTimes.finishedAt(pod, container)),
                ended.map(ContainerStateTerminated::getExitCode).orElse(null));
    }

    private static Optional<Instant> scheduled(Pod pod) {
        return Pods.condition(pod, "PodScheduled")
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(PodCondition::getLastTransitionTime)
                .flatMap(Pods::time);
    }

    private static Optional<Instant> started(ContainerStatus status) {
        return Pods.terminated(status)
                .map(ContainerStateTerminated::getStartedAt)
                .or(() -> Optional.ofNullable(status.getState())
                        .map(ContainerState::getRunning)
                        .map(ContainerStateRunning::getStartedAt))
                .flatMap(Pods::time);
    }

    private static Long millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(null);
    }
}
