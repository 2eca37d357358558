package io.jenkins.plugins.sparkk8s.monitor.progress;

import java.time.Instant;

/**
 * Sums over all executors that the driver has known, those that are gone included.
 *
 * @param at when the driver answered
 * @param executors how many there were, the driver left out
 * @param tasks tasks that succeeded
 * @param failedTasks attempts that failed
 * @param taskMillis time in tasks, in milliseconds
 * @param gcMillis of that, in garbage collections
 * @param input bytes read from storage
 * @param shuffleRead bytes read from other stages
 * @param shuffleWrite bytes written for other stages
 * @param peakHeap largest heap of one executor, in bytes; 0 when not known
 */
public record ExecutorTotals(
        Instant at,
        int executors,
        long tasks,
        long failedTasks,
        long taskMillis,
        long gcMillis,
        long input,
        long shuffleRead,
        long shuffleWrite,
        long peakHeap) {

    /** Percents of the time in tasks that went into garbage collections, 0 to 100. */
    public int gcPercent() {
        return taskMillis == 0 ? 0 : (int) Math.min(100, 100 * gcMillis / taskMillis);
    }
}
