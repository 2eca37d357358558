package io.jenkins.plugins.sparkk8s.monitor.executors;

/**
 * How many executors there are and were.
 *
 * @param running now
 * @param pending now
 * @param peak most that ran at once
 * @param failed how many ended badly by themselves, so far
 */
public record ExecutorCounts(long running, long pending, long peak, long failed) {
    static final ExecutorCounts NONE = new ExecutorCounts(0, 0, 0, 0);

    @Override
    public String toString() {
        return "executors: %d running, %d pending (peak %d, failed %d)".formatted(running, pending, peak, failed);
    }
}
