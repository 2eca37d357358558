package io.jenkins.plugins.sparkk8s.monitor.progress;

/**
 * How long the tasks of a stage took, in milliseconds.
 *
 * @param stage its number
 * @param median half of them took no longer
 * @param longest of all
 */
public record TaskTimes(int stage, long median, long longest) {
    static final long WORTH_A_HINT = 30_000;
    private static final int SKEWED = 5;

    /** Whether the stage waited long for tasks that took much longer than most. */
    public boolean isSkewed() {
        return longest >= WORTH_A_HINT && longest >= SKEWED * median;
    }
}
