package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.kubernetes.Pods;
import io.jenkins.plugins.sparkk8s.monitor.driver.PendingReason;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Maps an executor pod to its state by Spark's rules ({@code ExecutorPodsSnapshot.toState}).
 *
 * <p>Deliberately different: a pod without status or phase is Unknown where Spark throws; an executor id that is no
 * number is skipped where Spark throws; and a pod that the API server reported as deleted is Deleted even if its last
 * phase was Running, which Spark shows as Running until the next poll.
 *
 * @param executorContainer name of Spark's container in the pod
 * @param checkAllContainers whether any failed container makes the executor a failed one
 */
public record ExecutorPodMapper(String executorContainer, boolean checkAllContainers) {
    private static final String PLACEHOLDER_ID = "EXECID";

    /** The state of a pod as it was listed, added or modified; empty when it is no executor of a known id. */
    Optional<ExecutorPodState> map(Pod pod) {
        OptionalLong id = executorId(pod);
        return id.isEmpty() ? Optional.empty() : Optional.of(state(pod, facts(id.getAsLong(), pod)));
    }

    /**
     * The state of a pod that is gone, or no longer selected. One that had finished before keeps how it finished: a kept
     * pod leaves the selection when the driver marks it as inactive.
     */
    Optional<ExecutorPodState> mapDeleted(Pod pod) {
        return map(pod).map(state -> state instanceof ExecutorPodState.Succeeded
                        || state instanceof ExecutorPodState.Failed
                                && !state.pod().removalRequested()
                ? state
                : new ExecutorPodState.Deleted(state.pod()));
    }

    /** How the executor ended whose container has been started again as another one; failed when that is not known. */
    ExecutorPodState mapRestarted(long id, Pod pod) {
        Optional<ContainerStateTerminated> ended =
                Pods.container(pod, executorContainer).flatMap(ExecutorSetPods::ended);
        PodFacts facts = new PodFacts(
                id,
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                node(pod),
                ended.map(ContainerStateTerminated::getExitCode).orElse(null),
                ended.map(ContainerStateTerminated::getReason).orElse(null),
                ended.map(ContainerStateTerminated::getMessage).orElse(null),
                null,
                PodTimes.ofEarlier(ended),
                false,
                new PodFacts.Log(executorContainer, true),
                pod.getMetadata().getResourceVersion());
        return ended.filter(terminated -> !Pods.failed(terminated)).isPresent()
                ? new ExecutorPodState.Succeeded(facts)
                : new ExecutorPodState.Failed(facts);
    }

    static OptionalLong executorId(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        String id = labels == null ? null : labels.get(Labels.EXECUTOR_ID);
        if (id == null || id.equals(PLACEHOLDER_ID)) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(id));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private ExecutorPodState state(Pod pod, PodFacts facts) {
        String phase = Pods.phase(pod).orElse("");
        if (Pods.deletionRequested(pod) && !phase.equals("running") && !phase.equals("terminating")) {
            return new ExecutorPodState.Deleted(facts);
        }
        return switch (phase) {
            case "pending" -> new ExecutorPodState.Pending(facts);
            case "running" -> running(pod, facts);
            case "failed" -> new ExecutorPodState.Failed(facts);
            case "succeeded" -> new ExecutorPodState.Succeeded(facts);
            case "terminating" -> new ExecutorPodState.Terminating(facts);
            default -> new ExecutorPodState.Unknown(facts);
        };
    }

    private ExecutorPodState running(Pod pod, PodFacts facts) {
        if (checkAllContainers && neverRestarts(pod) && failedContainer(pod).isPresent()) {
            return new ExecutorPodState.Failed(facts);
        }
        return sparkContainer(pod)
                .map(terminated -> Pods.failed(terminated)
                        ? new ExecutorPodState.Failed(facts)
                        : new ExecutorPodState.Succeeded(facts))
                .orElseGet(() -> new ExecutorPodState.Running(facts));
    }

    private static boolean neverRestarts(Pod pod) {
        return pod.getSpec() != null && "Never".equals(pod.getSpec().getRestartPolicy());
    }

    /** One text for all executors of all applications on a node. */
    private static String node(Pod pod) {
        return Pods.node(pod).map(String::intern).orElse(null);
    }

    private static Optional<ContainerStatus> failedContainer(Pod pod) {
        return Pods.containers(pod).stream()
                .filter(status -> Pods.terminated(status).filter(Pods::failed).isPresent())
                .findFirst();
    }

    private Optional<ContainerStateTerminated> sparkContainer(Pod pod) {
        return Pods.container(pod, executorContainer).flatMap(Pods::terminated);
    }

    private PodFacts facts(long id, Pod pod) {
        Optional<ContainerStateTerminated> ended = sparkContainer(pod);
        Optional<PendingReason> pending =
                Pods.hasPhase(pod, "pending") ? PendingReason.of(pod, executorContainer) : Optional.empty();
        return new PodFacts(
                id,
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                node(pod),
                ended.map(ContainerStateTerminated::getExitCode).orElse(null),
                reason(pod, ended),
                message(pod, ended, pending),
                pending.map(PendingReason::reason).orElse(null),
                PodTimes.of(pod, Pods.container(pod, executorContainer)),
                ended.map(terminated -> Pods.deletedBefore(pod, terminated))
                        .orElseGet(() -> Pods.deletionRequested(pod)),
                new PodFacts.Log(
                        Pods.container(pod, executorContainer)
                                .map(status -> executorContainer)
                                .orElse(null),
                        false),
                pod.getMetadata().getResourceVersion());
    }

    private String reason(Pod pod, Optional<ContainerStateTerminated> ended) {
        return Pods.reason(pod)
                .or(() -> ended.map(ContainerStateTerminated::getReason))
                .or(() -> failedContainer(pod).map(ExecutorPodMapper::endOfOther))
                .orElse(null);
    }

    private static String endOfOther(ContainerStatus status) {
        return "container %s exited with code %s"
                .formatted(
                        status.getName(),
                        Pods.terminated(status)
                                .map(ContainerStateTerminated::getExitCode)
                                .orElse(null));
    }

    private static String message(Pod pod, Optional<ContainerStateTerminated> ended, Optional<PendingReason> pending) {
        return pending.map(PendingReason::message)
                .or(() -> Pods.message(pod))
                .or(() -> ended.map(ContainerStateTerminated::getMessage))
                .orElse(null);
    }
}
