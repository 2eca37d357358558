package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.Pods;
import java.time.Instant;
import java.util.Optional;

/**
 * When an executor's pod was created, and its Spark container began and ended, by the clocks of the API server and the node.
 * Null is what did not happen yet, or is not known.
 */
record PodTimes(Instant created, Instant started, Instant finished) {

    static PodTimes of(Pod pod, Optional<ContainerStatus> container) {
        Optional<ContainerStateTerminated> ended = container.flatMap(Pods::terminated);
        Optional<String> started = ended.map(ContainerStateTerminated::getStartedAt)
                .or(() -> container
                        .map(ContainerStatus::getState)
                        .map(ContainerState::getRunning)
                        .map(ContainerStateRunning::getStartedAt));
        return new PodTimes(
                Pods.time(pod.getMetadata().getCreationTimestamp()).orElse(null),
                started.flatMap(Pods::time).orElse(null),
                ended.flatMap(terminated -> Pods.time(terminated.getFinishedAt()))
                        .orElse(null));
    }

    /** Of a container that has been started again as another executor. */
    static PodTimes ofEarlier(Optional<ContainerStateTerminated> ended) {
        Instant started = ended.flatMap(terminated -> Pods.time(terminated.getStartedAt()))
                .orElse(null);
        return new PodTimes(
                started,
                started,
                ended.flatMap(terminated -> Pods.time(terminated.getFinishedAt()))
                        .orElse(null));
    }
}
