package io.jenkins.plugins.sparkk8s.monitor.progress;

import java.time.Instant;

/**
 * A stage that runs, or ran.
 *
 * @param id number of the stage in its application
 * @param attempt 0 for the first
 * @param name the call that made it; printable and masked
 * @param state as Spark's API has it: {@code ACTIVE}, {@code COMPLETE}, {@code FAILED}, {@code PENDING} or {@code SKIPPED}
 * @param tasks of this attempt
 * @param submitted when it began; null when not known
 * @param completed when it ended; null while it runs
 * @param data what its tasks have read, written and spilled so far
 * @param failure why it failed; null unless it did
 * @param times null unless they were asked for
 */
public record StageProgress(
        int id,
        int attempt,
        String name,
        String state,
        TaskCounts tasks,
        Instant submitted,
        Instant completed,
        StageData data,
        String failure,
        TaskTimes times) {

    /** Which attempt of which stage. */
    record Key(int id, int attempt) {
        @Override
        public String toString() {
            return attempt == 0 ? "stage " + id : "stage %d (attempt %d)".formatted(id, attempt);
        }
    }

    boolean hasFailed() {
        return "FAILED".equals(state);
    }

    Key key() {
        return new Key(id, attempt);
    }
}
