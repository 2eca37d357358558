package io.jenkins.plugins.sparkk8s.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Null-safe accessors for a pod's status, containers and timestamps, any of which may be missing. */
public final class Pods {
    private Pods() {}

    static Optional<PodStatus> status(Pod pod) {
        return Optional.ofNullable(pod.getStatus());
    }

    /** In lower case, as Spark compares it; empty when there is none. */
    public static Optional<String> phase(Pod pod) {
        return status(pod).map(PodStatus::getPhase).map(phase -> phase.toLowerCase(Locale.ROOT));
    }

    public static boolean hasPhase(Pod pod, String phase) {
        return phase(pod).filter(phase::equals).isPresent();
    }

    public static Optional<String> reason(Pod pod) {
        return status(pod).map(PodStatus::getReason).filter(text -> !text.isBlank());
    }

    public static Optional<String> message(Pod pod) {
        return status(pod).map(PodStatus::getMessage).filter(text -> !text.isBlank());
    }

    public static Optional<String> node(Pod pod) {
        return Optional.ofNullable(pod.getSpec())
                .map(spec -> spec.getNodeName())
                .filter(name -> !name.isBlank());
    }

    public static List<ContainerStatus> containers(Pod pod) {
        return status(pod).map(PodStatus::getContainerStatuses).orElse(List.of());
    }

    public static List<ContainerStatus> initContainers(Pod pod) {
        return status(pod).map(PodStatus::getInitContainerStatuses).orElse(List.of());
    }

    public static Optional<ContainerStatus> container(Pod pod, String name) {
        return containers(pod).stream()
                .filter(status -> name.equals(status.getName()))
                .findFirst();
    }

    public static Optional<ContainerStateTerminated> terminated(ContainerStatus status) {
        return Optional.ofNullable(status.getState()).map(ContainerState::getTerminated);
    }

    public static Optional<ContainerStateWaiting> waiting(ContainerStatus status) {
        return Optional.ofNullable(status.getState()).map(ContainerState::getWaiting);
    }

    public static boolean isRunning(ContainerStatus status) {
        return status.getState() != null && status.getState().getRunning() != null;
    }

    public static boolean failed(ContainerStateTerminated terminated) {
        return terminated.getExitCode() == null || terminated.getExitCode() != 0;
    }

    public static Optional<PodCondition> condition(Pod pod, String type) {
        return status(pod).map(PodStatus::getConditions).orElse(List.of()).stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    public static boolean deletionRequested(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /**
     * Whether the pod was to be deleted before the container ended by itself. A deletion timestamp is the time of the
     * request plus the grace period. All times are whole seconds: in the same second a clean end counts as the
     * container's own.
     */
    public static boolean deletedBefore(Pod pod, ContainerStateTerminated before) {
        if (!deletionRequested(pod)) {
            return false;
        }
        Optional<Instant> finished = time(before.getFinishedAt());
        Optional<Instant> deadline = time(pod.getMetadata().getDeletionTimestamp());
        if (finished.isEmpty() || deadline.isEmpty()) {
            return true;
        }
        Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        Instant requested = deadline.get().minusSeconds(grace == null ? 0 : grace);
        return failed(before)
                ? !finished.get().isBefore(requested)
                : finished.get().isAfter(requested);
    }

    /** Reads a time of the Kubernetes API; empty when there is none or it cannot be read. */
    public static Optional<Instant> time(String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
