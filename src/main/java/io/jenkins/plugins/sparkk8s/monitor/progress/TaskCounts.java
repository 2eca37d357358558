package io.jenkins.plugins.sparkk8s.monitor.progress;

/**
 * How far the tasks of a job or a stage are. Not negative; a repeated task counts once in {@code done} and each time that it
 * failed in {@code failed}.
 *
 * @param total tasks to do, those that Spark skips left out
 * @param done tasks that succeeded
 * @param active tasks that run now
 * @param failed attempts that failed
 */
public record TaskCounts(int total, int done, int active, int failed) {
    static final TaskCounts NONE = new TaskCounts(0, 0, 0, 0);

    /** Whole percents that are done, 0 to 100, rounded down so that 100 means all; 0 when there is nothing to do. */
    public int percent() {
        return total == 0 ? 0 : (int) (100L * Math.min(done, total) / total);
    }

    TaskCounts plus(TaskCounts other) {
        return new TaskCounts(total + other.total, done + other.done, active + other.active, failed + other.failed);
    }

    /** As in a line: {@code 84 of 120 tasks (70 %), 2 failed}. */
    public String text() {
        String counts = "%d of %d tasks (%d %%)".formatted(done, total, percent());
        return failed == 0 ? counts : counts + ", %d failed".formatted(failed);
    }
}
