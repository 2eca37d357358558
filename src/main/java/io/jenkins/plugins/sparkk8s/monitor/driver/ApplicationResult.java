package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import java.io.Serializable;
import java.util.List;

/**
 * How an application ended. Only {@link Outcome#SUCCEEDED} is a success; what is not known never is.
 *
 * @param outcome which of the ends
 * @param exitCode of the Spark container; null when it never ended by itself, or that is not known
 * @param reason one sentence for the user, printable
 * @param details further printable lines, such as the container's termination message or the pod's events; may be empty
 * @param cause why the application ended so
 */
public record ApplicationResult(Outcome outcome, Integer exitCode, String reason, List<String> details, Cause cause)
        implements Serializable {

    /** The ways an application can end. */
    public enum Outcome {
        /** The Spark container exited with 0. */
        SUCCEEDED,
        /** The Spark container exited with another code, or the cluster ended its pod (evicted, for example). */
        FAILED,
        /** The driver pod was deleted before the driver ended. */
        DELETED,
        /** The driver pod or its node is gone, and it is not known how the driver ended. */
        LOST,
        /** The driver did not start in time, or never can; its pod still exists and is the caller's to delete. */
        NEVER_STARTED
    }

    /** The cause of an end, by which it is decided whether the same application would end so again. */
    public enum Cause {
        /** The application's own: its exit code says how it ended. */
        APPLICATION,
        /** What it was configured with can never work: its image, its references, its limits. */
        CONFIGURATION,
        /** The cluster failed: no room, no answer of a registry, its node lost or its pod evicted. */
        INFRASTRUCTURE,
        /** A user, or a deadline that a user set, ended it. */
        STOPPED,
        /** Not known; the application may even have done its work. */
        UNKNOWN
    }

    public ApplicationResult {
        reason = TextSanitizer.line(reason);
        details = List.copyOf(details);
    }

    /** With the cause that such an end most likely has. */
    public ApplicationResult(Outcome outcome, Integer exitCode, String reason, List<String> details) {
        this(outcome, exitCode, reason, details, likelyCause(outcome, exitCode));
    }

    public ApplicationResult(Outcome outcome, Integer exitCode, String reason) {
        this(outcome, exitCode, reason, List.of());
    }

    private static Cause likelyCause(Outcome outcome, Integer exitCode) {
        return switch (outcome) {
            case SUCCEEDED -> Cause.APPLICATION;
            case FAILED -> exitCode == null ? Cause.INFRASTRUCTURE : Cause.APPLICATION;
            case DELETED -> Cause.STOPPED;
            case LOST -> Cause.UNKNOWN;
            case NEVER_STARTED -> Cause.INFRASTRUCTURE;
        };
    }

    /** The same end with other details. */
    public ApplicationResult withDetails(List<String> others) {
        return new ApplicationResult(outcome, exitCode, reason, others, cause);
    }

    public boolean isSuccess() {
        return outcome == Outcome.SUCCEEDED;
    }

    /** 0 for a success, the driver's own code when it failed with one, else 1. */
    public int exitStatus() {
        if (isSuccess()) {
            return 0;
        }
        return exitCode == null || exitCode == 0 ? 1 : exitCode;
    }
}
