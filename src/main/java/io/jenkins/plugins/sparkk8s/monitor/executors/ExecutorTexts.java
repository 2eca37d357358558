package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.jenkins.plugins.sparkk8s.monitor.driver.ExitCodes;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorPodState.Pending;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorPodState.Running;

/** The state of an executor as a line has it. Used by tasks of the application's mailbox only. */
final class ExecutorTexts {
    private String removals = ExecutorSettings.REMOVED_BY_ANY;
    private boolean driverEnded;

    /** @param how in what way an executor's pod is removed while the driver runs, for the end of a line */
    void describeRemovals(String how) {
        removals = how;
    }

    /** From now on it is the driver's clean-up that removes executors. */
    void driverEnded() {
        driverEnded = true;
    }

    /** Its state, where it runs or why it does not, and how it ended. */
    String describe(ExecutorPodState state) {
        PodFacts pod = state.pod();
        if (state instanceof Pending) {
            return pod.waitingReason() == null
                    ? "Pending"
                    : "Pending: " + withMessage(pod.waitingReason(), pod.message());
        }
        if (state instanceof Running) {
            return pod.node() == null ? "Running" : "Running on " + pod.node();
        }
        return state.isFinal() ? describeEnd(state) : state.label();
    }

    private String describeEnd(ExecutorPodState state) {
        PodFacts pod = state.pod();
        StringBuilder text = new StringBuilder(state.label());
        if (pod.exitCode() != null) {
            text.append(", ").append(pod.exitCode() == 0 ? "exit code 0" : ExitCodes.describe(pod.exitCode()));
        }
        if (pod.reason() != null
                && !pod.reason().equals("Error")
                && !pod.reason().equals("Completed")) {
            text.append(", ").append(withMessage(pod.reason(), pod.message()));
        }
        boolean removed = state instanceof ExecutorPodState.Deleted || pod.removalRequested();
        if (removed || driverEnded && state.isFailure()) {
            text.append(removal());
        }
        return text.toString();
    }

    /** In what way its pod goes, for the end of a line; empty when that is not known. */
    String removal() {
        return driverEnded ? " (removed by the driver)" : removals;
    }

    private static String withMessage(String reason, String message) {
        return message == null || message.isBlank() ? reason : reason + ": " + message;
    }
}
