package io.jenkins.plugins.sparkk8s.monitor;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why a pod does not run yet. Spark's own model knows only "Pending"; the reason is in the waiting state of a container
 * or in the pod's {@code PodScheduled} condition.
 *
 * @param reason Kubernetes' word, such as {@code ImagePullBackOff} or {@code Unschedulable}
 * @param message text to it; null when there is none
 */
record PendingReason(String reason, String message) {
    private static final Set<String> ORDINARY_STEPS = Set.of("ContainerCreating", "PodInitializing");
    /** Waiting reasons of the kubelet ({@code pkg/kubelet/images/types.go}, {@code kuberuntime}) that rarely go away. */
    private static final Set<String> PERMANENT = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ErrImageNeverPull",
            "ImageInspectError",
            "RegistryUnavailable",
            "InvalidImageName",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    /**
     * @param container the container that counts besides the init containers
     * @return empty when the pod merely takes the ordinary steps of a start
     */
    static Optional<PendingReason> of(Pod pod, String container) {
        return Stream.concat(Pods.initContainers(pod).stream(), Pods.container(pod, container).stream())
                .flatMap(status -> of(status).stream())
                .findFirst()
                .or(() -> unscheduled(pod));
    }

    private static Optional<PendingReason> of(ContainerStatus status) {
        return Pods.waiting(status)
                .filter(waiting -> waiting.getReason() != null && !ORDINARY_STEPS.contains(waiting.getReason()))
                .map(PendingReason::of);
    }

    private static PendingReason of(ContainerStateWaiting waiting) {
        return new PendingReason(waiting.getReason(), waiting.getMessage());
    }

    private static Optional<PendingReason> unscheduled(Pod pod) {
        return Pods.condition(pod, "PodScheduled")
                .filter(condition -> "False".equals(condition.getStatus()) && condition.getReason() != null)
                .map(condition -> new PendingReason(condition.getReason(), condition.getMessage()));
    }

    /** Whether waiting is in vain unless somebody repairs the cause. */
    boolean isPermanent() {
        return PERMANENT.contains(reason);
    }

    /** What the user can do about it, as a sentence. */
    String remedy() {
        return switch (reason) {
            case "ErrImagePull", "ImagePullBackOff", "ImageInspectError", "RegistryUnavailable" ->
                "Check that spark.kubernetes.container.image exists and that"
                        + " spark.kubernetes.container.image.pullSecrets allow to pull it.";
            case "ErrImageNeverPull" ->
                "Load the image on the node, or change spark.kubernetes.container.image.pullPolicy.";
            case "InvalidImageName" -> "Correct spark.kubernetes.container.image.";
            case "CreateContainerConfigError" ->
                "Check that every Secret and ConfigMap that the driver's environment refers to exists and has the key.";
            case "CreateContainerError", "RunContainerError" ->
                "Check command, mounts and security settings of the driver container.";
            case "Unschedulable" ->
                "Free or add nodes, or ask for less with spark.driver.cores and spark.driver.memory;"
                        + " check spark.kubernetes.node.selector.* too.";
            default -> "See the events of the pod.";
        };
    }

    @Override
    public String toString() {
        return message == null || message.isBlank() ? reason : reason + ": " + message;
    }
}
