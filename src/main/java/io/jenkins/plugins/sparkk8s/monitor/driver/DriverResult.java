package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.Pods;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides from the driver pod how the application ended: pure functions, the only place where a result is made.
 *
 * <p>First the Spark container's end; then, when the pod has no status of it (an evicted pod may have no container
 * statuses), phase and reason of the pod; then that it was deleted. spark-submit itself ends with 0 in all these cases
 * ({@code LoggingPodStatusWatcher}).
 */
final class DriverResult {
    private static final int MESSAGE_LINES = 40;

    private DriverResult() {}

    /**
     * @param pod the driver pod as it was last seen
     * @param wasDeleted whether the API server reported this pod as deleted
     * @return empty as long as the driver may still be at work
     */
    static Optional<ApplicationResult> of(Pod pod, boolean wasDeleted, DriverContainer container) {
        return container
                .terminatedIn(pod)
                .map(terminated -> ofContainer(pod, terminated))
                .or(() -> ofPhase(pod, container))
                .or(() -> wasDeleted ? Optional.of(deleted(pod)) : Optional.empty());
    }

    /**
     * The pod is not there and no event reported its end.
     *
     * @param lastSeen the pod as it was last; null when it was never seen
     */
    static ApplicationResult ofMissing(Pod lastSeen, MonitoredApplication application) {
        if (lastSeen != null && Pods.deletionRequested(lastSeen)) {
            return deleted(lastSeen);
        }
        return new ApplicationResult(
                Outcome.LOST,
                null,
                "The driver pod %s no longer exists in namespace %s, and it was deleted before its result was read, so the result is unknown."
                        .formatted(application.driverPodName(), application.namespace()));
    }

    private static ApplicationResult ofContainer(Pod pod, ContainerStateTerminated terminated) {
        if (Pods.deletedBefore(pod, terminated)) {
            return new ApplicationResult(
                    deletedOrLost(pod),
                    terminated.getExitCode(),
                    deletedSentence(pod),
                    messageOf(terminated),
                    EndCauses.ofDeletion(pod));
        }
        if (!Pods.failed(terminated) && !endedByCluster(pod)) {
            return new ApplicationResult(Outcome.SUCCEEDED, 0, "The driver exited with code 0.");
        }
        return new ApplicationResult(
                Outcome.FAILED,
                terminated.getExitCode(),
                failedSentence(pod, terminated),
                messageOf(terminated),
                EndCauses.ofContainer(pod, terminated));
    }

    /** A failed pod with a reason of its own was ended from outside: evicted, preempted, its deadline was over. */
    private static boolean endedByCluster(Pod pod) {
        return Pods.hasPhase(pod, "failed") && Pods.reason(pod).isPresent();
    }

    private static String failedSentence(Pod pod, ContainerStateTerminated terminated) {
        String code = terminated.getExitCode() == null
                ? "The driver ended without an exit code"
                : "The driver ended with " + ExitCodes.describe(terminated.getExitCode());
        String ownReason = terminated.getReason();
        String reason = ownReason == null || ownReason.equals("Error") || ownReason.equals("Completed")
                ? ""
                : ", reason " + ownReason;
        String remedy = "OOMKilled".equals(ownReason)
                ? " It needed more memory than its limit: raise spark.driver.memory or spark.driver.memoryOverhead."
                : "";
        return code + reason + "." + remedy
                + podReason(pod).map(text -> " The pod: " + text + ".").orElse("");
    }

    private static Optional<ApplicationResult> ofPhase(Pod pod, DriverContainer container) {
        if (Pods.hasPhase(pod, "succeeded")) {
            return Optional.of(
                    Pods.deletionRequested(pod)
                            ? deleted(pod)
                            : new ApplicationResult(Outcome.SUCCEEDED, 0, "The driver pod succeeded."));
        }
        if (!Pods.hasPhase(pod, "failed")) {
            return Optional.empty();
        }
        if (Pods.deletionRequested(pod) && Pods.reason(pod).isEmpty()) {
            return Optional.of(deleted(pod));
        }
        Optional<String> containers = failedContainers(pod, container);
        String why = podReason(pod).or(() -> containers).orElse("the cluster gave no reason and no container status");
        return Optional.of(new ApplicationResult(
                Outcome.FAILED,
                null,
                "The driver pod failed: " + why + ".",
                messagesOf(failedIn(pod)),
                EndCauses.ofFailedPod(pod, containers.isPresent())));
    }

    private static Optional<String> failedContainers(Pod pod, DriverContainer container) {
        String text = failedIn(pod).stream().map(DriverResult::failedContainer).collect(Collectors.joining(", "));
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(text + ", and container %s never ran".formatted(container.nameIn(pod)));
    }

    /** All that failed, init containers first. */
    private static List<ContainerStatus> failedIn(Pod pod) {
        return Stream.concat(Pods.initContainers(pod).stream(), Pods.containers(pod).stream())
                .filter(status -> Pods.terminated(status).filter(Pods::failed).isPresent())
                .toList();
    }

    /**
     * The container whose failure is why Spark's own never ran.
     *
     * @return empty when Spark's own ran, or none failed
     */
    static Optional<String> culprit(Pod pod, DriverContainer container) {
        return container.hasStarted(pod)
                ? Optional.empty()
                : failedIn(pod).stream().map(ContainerStatus::getName).findFirst();
    }

    private static List<String> messagesOf(List<ContainerStatus> containers) {
        return containers.stream()
                .flatMap(status -> Pods.terminated(status).stream())
                .flatMap(terminated -> messageOf(terminated).stream())
                .toList();
    }

    private static String failedContainer(ContainerStatus status) {
        return "container %s ended with %s"
                .formatted(
                        status.getName(),
                        Pods.terminated(status)
                                .map(ContainerStateTerminated::getExitCode)
                                .map(ExitCodes::describe)
                                .orElse("no exit code"));
    }

    private static ApplicationResult deleted(Pod pod) {
        return new ApplicationResult(
                deletedOrLost(pod), null, deletedSentence(pod), List.of(), EndCauses.ofDeletion(pod));
    }

    /** The disruption condition says who deleted the pod, if it was the cluster itself. */
    private static Outcome deletedOrLost(Pod pod) {
        return EndCauses.nodeIsLost(pod) ? Outcome.LOST : Outcome.DELETED;
    }

    private static String deletedSentence(Pod pod) {
        String name = pod.getMetadata().getName();
        if (EndCauses.nodeIsLost(pod)) {
            return "The driver pod %s was deleted after its node %s was lost, so the result is unknown."
                    .formatted(name, Pods.node(pod).orElse("(unknown)"));
        }
        String disruption = Pods.condition(pod, "DisruptionTarget")
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> Stream.of(condition.getReason(), condition.getMessage())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(": ", " by the cluster (", ")")))
                .orElse("");
        return "The driver pod %s was deleted%s before the driver ended.".formatted(name, disruption);
    }

    private static Optional<String> podReason(Pod pod) {
        return Pods.reason(pod)
                .map(reason ->
                        Pods.message(pod).map(text -> reason + ": " + text).orElse(reason))
                .or(() -> Pods.message(pod))
                .map(String::strip)
                .map(text -> text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
    }

    private static List<String> messageOf(ContainerStateTerminated terminated) {
        String message = terminated.getMessage();
        return message == null ? List.of() : TextSanitizer.lastLines(message, MESSAGE_LINES);
    }
}
