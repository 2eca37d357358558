package io.jenkins.plugins.sparkk8s.monitor.executors;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;

/**
 * The life of one executor, for a timeline. Texts are masked and bounded; times are milliseconds since 1970, and null is what
 * did not happen yet or is not known.
 *
 * @param id of the executor
 * @param pod its name
 * @param node null before it was scheduled
 * @param created when its pod was created, or first seen
 * @param started when it ran
 * @param ended when it ended, or was last seen
 * @param end how; null while it is there
 * @param exitCode of the Spark container
 * @param reason the container's or the pod's own word for how it ended, or why it is pending
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"id", "pod", "node", "created", "started", "ended", "end", "exitCode", "reason"})
public record ExecutorSpan(
        long id,
        String pod,
        String node,
        long created,
        Long started,
        Long ended,
        End end,
        Integer exitCode,
        String reason) {
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_REASON = 160;

    /** How an executor ended. */
    public enum End {
        /** By itself, with exit code 0. */
        SUCCEEDED,
        /** Badly, by itself. */
        FAILED,
        /** Its pod was deleted. */
        REMOVED
    }

    /**
     * @param before what was known; null at first
     * @param now stands for what the pod does not say
     */
    static ExecutorSpan of(ExecutorPodState state, ExecutorSpan before, Instant now) {
        PodFacts pod = state.pod();
        long seen = before == null ? now.toEpochMilli() : before.created();
        Long started = before == null ? null : before.started();
        if (started == null && state instanceof ExecutorPodState.Running) {
            started = now.toEpochMilli();
        }
        End end = endOf(state);
        return new ExecutorSpan(
                pod.executorId(),
                cut(pod.podName(), LONGEST_NAME),
                cut(pod.node() == null && before != null ? before.node() : pod.node(), LONGEST_NAME),
                millis(pod.times().created(), seen),
                millis(pod.times().started(), started),
                end == null ? null : (Long) millis(pod.times().finished(), now.toEpochMilli()),
                end,
                pod.exitCode(),
                cut(end == null ? pod.waitingReason() : pod.reason(), LONGEST_REASON));
    }

    private static End endOf(ExecutorPodState state) {
        if (!state.isFinal()) {
            return null;
        }
        if (state.isFailure()) {
            return End.FAILED;
        }
        return state instanceof ExecutorPodState.Succeeded ? End.SUCCEEDED : End.REMOVED;
    }

    /** The same, removed without a trace. */
    ExecutorSpan removed(Instant at) {
        return new ExecutorSpan(id, pod, node, created, started, at.toEpochMilli(), End.REMOVED, exitCode, null);
    }

    /** The same, as part of the driver's clean-up. */
    ExecutorSpan removedByDriver() {
        return new ExecutorSpan(id, pod, node, created, started, ended, End.REMOVED, exitCode, reason);
    }

    private static Long millis(Instant time, Long otherwise) {
        return time == null ? otherwise : (Long) time.toEpochMilli();
    }

    private static String cut(String text, int most) {
        return text == null || text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
