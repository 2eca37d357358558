package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.Pods;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Cause;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the cause of a driver's end in what Kubernetes reports of its pod. */
final class EndCauses {
    /** Reason of a pod whose {@code activeDeadlineSeconds} are over. */
    private static final String DEADLINE = "DeadlineExceeded";

    private static final String EVICTED = "Evicted";

    /**
     * The kubelet's words ({@code pkg/kubelet/eviction}) for a pod that used more than it may, whatever else runs
     * there.
     */
    private static final Pattern OVER_OWN_LIMIT =
            Pattern.compile("exceeds the (total )?limit|exceeded its local ephemeral storage limit");

    /** The runtime could not even start the container's command. */
    private static final Set<String> NO_SUCH_COMMAND = Set.of("StartError", "ContainerCannotRun");

    /** The kubelet has lost sight of the container. */
    private static final String STATUS_UNKNOWN = "ContainerStatusUnknown";

    private EndCauses() {}

    /** Of a Spark container that did not end well, and not since its pod was deleted. */
    static Cause ofContainer(Pod pod, ContainerStateTerminated terminated) {
        Optional<Cause> fromOutside = ofPod(pod);
        if (fromOutside.isPresent()) {
            return fromOutside.get();
        }
        if (terminated.getReason() != null && NO_SUCH_COMMAND.contains(terminated.getReason())) {
            return Cause.CONFIGURATION;
        }
        return terminated.getExitCode() == null || STATUS_UNKNOWN.equals(terminated.getReason())
                ? Cause.INFRASTRUCTURE
                : Cause.APPLICATION;
    }

    /**
     * Of a pod that failed and has no status of the Spark container.
     *
     * @param otherContainerFailed whether it was another container that failed
     */
    static Cause ofFailedPod(Pod pod, boolean otherContainerFailed) {
        return ofPod(pod).orElse(otherContainerFailed ? Cause.APPLICATION : Cause.INFRASTRUCTURE);
    }

    /** Of a pod that was deleted before the driver ended. */
    static Cause ofDeletion(Pod pod) {
        return nodeIsLost(pod) ? Cause.INFRASTRUCTURE : ofPod(pod).orElse(Cause.STOPPED);
    }

    static boolean nodeIsLost(Pod pod) {
        return Pods.hasPhase(pod, "unknown")
                || Pods.reason(pod).filter("NodeLost"::equals).isPresent();
    }

    /** Empty when nothing says that the pod was ended from outside. */
    private static Optional<Cause> ofPod(Pod pod) {
        Optional<String> reason = Pods.reason(pod);
        if (reason.filter(DEADLINE::equals).isPresent()) {
            return Optional.of(Cause.STOPPED);
        }
        if (reason.filter(EVICTED::equals).isPresent() && isOverOwnLimit(pod)) {
            return Optional.of(Cause.CONFIGURATION);
        }
        return reason.isPresent() || isDisrupted(pod) ? Optional.of(Cause.INFRASTRUCTURE) : Optional.empty();
    }

    private static boolean isOverOwnLimit(Pod pod) {
        return Pods.message(pod)
                .filter(text -> OVER_OWN_LIMIT.matcher(text).find())
                .isPresent();
    }

    /** Preempted, drained, on a node that is gone or shuts down: the cluster reports it when it removes a pod. */
    private static boolean isDisrupted(Pod pod) {
        return Pods.condition(pod, "DisruptionTarget")
                .filter(condition -> "True".equals(condition.getStatus()))
                .isPresent();
    }
}
