package io.jenkins.plugins.sparkk8s.monitor.progress;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The life of one stage, for a timeline; times are milliseconds since 1970.
 *
 * @param id number of the stage in its application
 * @param attempt 0 for the first
 * @param name the call that made it; printable and masked
 * @param started when it began
 * @param ended when it ended, or was seen not to run any more; null while it runs
 * @param tasks to do
 * @param failed whether it failed
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"id", "attempt", "name", "started", "ended", "tasks", "failed"})
public record StageSpan(int id, int attempt, String name, long started, Long ended, int tasks, boolean failed) {

    StageProgress.Key key() {
        return new StageProgress.Key(id, attempt);
    }

    long millis(long now) {
        return (ended == null ? now : ended) - started;
    }

    StageSpan ended(long at, boolean hasFailed) {
        return new StageSpan(id, attempt, name, started, Math.max(started, at), tasks, hasFailed);
    }
}
