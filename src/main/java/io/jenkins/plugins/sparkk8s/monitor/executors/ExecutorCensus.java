package io.jenkins.plugins.sparkk8s.monitor.executors;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * How many executors there were from a moment on.
 *
 * @param at in milliseconds since 1970
 * @param pending then
 * @param running then
 * @param failed until then
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"at", "pending", "running", "failed"})
public record ExecutorCensus(long at, long pending, long running, long failed) {
    static ExecutorCensus of(long at, ExecutorCounts counts) {
        return new ExecutorCensus(at, counts.pending(), counts.running(), counts.failed());
    }

    ExecutorCensus at(long moment) {
        return new ExecutorCensus(moment, pending, running, failed);
    }

    boolean hasSameCounts(ExecutorCensus other) {
        return equals(other.at(at));
    }
}
