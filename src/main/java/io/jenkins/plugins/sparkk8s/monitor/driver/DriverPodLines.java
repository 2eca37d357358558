package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.Pods;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import java.util.Locale;
import java.util.Optional;

/**
 * Reports the driver pod's transitions; a line comes only with news. Used by tasks of the application's mailbox only, but for
 * {@link #current}.
 */
public final class DriverPodLines {
    private final EventLines lines;
    private final DriverContainer container;
    private String state;
    private String node;
    private String waitingReason;
    private boolean beingDeleted;
    private String version;

    /** Volatile for readers on other threads. */
    private volatile String current = "not seen yet";

    /**
     * What has been reported of the driver pod.
     *
     * @param state null when nothing has
     * @param node null when none was known
     * @param waitingReason null when it did not wait for anything
     * @param version of the pod when it was last seen; null when it never was
     */
    public record Reported(String state, String node, String waitingReason, boolean beingDeleted, String version) {
        public static final Reported NOTHING = new Reported(null, null, null, false, null);
    }

    public DriverPodLines(EventLines lines, DriverContainer container, Reported reported) {
        this.lines = lines;
        this.container = container;
        this.state = reported.state();
        this.node = reported.node();
        this.waitingReason = reported.waitingReason();
        this.beingDeleted = reported.beingDeleted();
        this.version = reported.version();
        if (state != null) {
            this.current = withNode(state, node);
        }
    }

    public Reported reported() {
        return new Reported(state, node, waitingReason, beingDeleted, version);
    }

    public boolean hasReported() {
        return state != null;
    }

    public void seen(Pod pod) {
        version = pod.getMetadata().getResourceVersion();
        String newState = state(pod);
        String newNode = Pods.node(pod).orElse(null);
        current = withNode(newState, newNode);
        Optional<PendingReason> reason =
                container.hasStarted(pod) ? Optional.empty() : PendingReason.of(pod, container.nameIn(pod));
        if (state == null) {
            lines.driver("%s (pod %s in namespace %s)"
                    .formatted(
                            withNode(newState, newNode),
                            pod.getMetadata().getName(),
                            pod.getMetadata().getNamespace()));
        } else if (!state.equals(newState)) {
            lines.driver(state + " → " + withNode(newState, newNode));
        } else if (node == null && newNode != null) {
            lines.driver(withNode(newState, newNode));
        }
        state = newState;
        node = newNode;
        current = withNode(state, node);
        waiting(reason.orElse(null));
        deletion(pod);
    }

    /** The last transition, with what is known of the exit. */
    public void ended(ApplicationResult result) {
        String end =
                switch (result.outcome()) {
                    case SUCCEEDED -> "Succeeded";
                    case FAILED -> "Failed";
                    case DELETED -> "Deleted";
                    case LOST -> "Lost";
                    case NEVER_STARTED -> "never started";
                };
        String exit = result.exitCode() == null ? "" : ", " + ExitCodes.describe(result.exitCode());
        current = end;
        lines.driver((state == null ? "" : state + " → ") + end + exit);
    }

    /** For the heartbeat: "Running on node-1". May be called by any thread. */
    public String current() {
        return current;
    }

    private void waiting(PendingReason reason) {
        if (reason == null) {
            waitingReason = null;
        } else if (reason.isNewsAfter(waitingReason)) {
            lines.driver(state + ": " + reason);
            waitingReason = reason.reason();
        }
    }

    private void deletion(Pod pod) {
        if (Pods.deletionRequested(pod) && !beingDeleted) {
            beingDeleted = true;
            Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
            lines.driver("is being deleted" + (grace == null ? "" : ", grace period " + grace + " s"));
        }
    }

    private static String withNode(String state, String node) {
        return node == null ? state : state + " on " + node;
    }

    private static String state(Pod pod) {
        return Pods.phase(pod)
                .filter(phase -> !phase.isEmpty())
                .map(phase -> phase.substring(0, 1).toUpperCase(Locale.ROOT) + phase.substring(1))
                .orElse("Unknown");
    }
}
