package io.jenkins.plugins.sparkk8s.monitor;

import io.jenkins.plugins.sparkk8s.monitor.executors.RequestedExecutors;
import io.jenkins.plugins.sparkk8s.monitor.progress.ApplicationProgress;

/**
 * How an application that is being watched stands at this moment.
 *
 * @param driver the driver pod's phase, and its node when it has one, as in the event lines: {@code Running on node-1}
 * @param executorsRequested what the configuration asks for
 * @param executorsRunning now
 * @param executorsPending now
 * @param executorsPeak most that ran at once, as far as this monitor has seen
 * @param executorsFailed how many ended badly by themselves, as far as this monitor has seen
 * @param progress how far its jobs are, as the driver last said; null when it has not
 * @param timeline what has happened so far
 * @param cost what it has used so far
 * @param executorsMissing how many are missing, why, and what to do; printable, null when that is not known
 */
public record ApplicationState(
        String driver,
        RequestedExecutors executorsRequested,
        long executorsRunning,
        long executorsPending,
        long executorsPeak,
        long executorsFailed,
        ApplicationProgress progress,
        ApplicationTimeline timeline,
        ApplicationCost cost,
        String executorsMissing) {

    /** Of an application of which no executor is missing, as far as is known. */
    public ApplicationState(
            String driver,
            RequestedExecutors executorsRequested,
            long executorsRunning,
            long executorsPending,
            long executorsPeak,
            long executorsFailed,
            ApplicationProgress progress,
            ApplicationTimeline timeline,
            ApplicationCost cost) {
        this(
                driver,
                executorsRequested,
                executorsRunning,
                executorsPending,
                executorsPeak,
                executorsFailed,
                progress,
                timeline,
                cost,
                null);
    }

    /** In a few words, as the status of a step: {@code driver Running on node-1, 2 executors running, 84 of 120 tasks (70 %)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("driver %s, %d executors running".formatted(driver, executorsRunning));
        if (executorsPending > 0) {
            text.append(", %d pending".formatted(executorsPending));
        }
        if (progress != null && !progress.jobs().isEmpty()) {
            text.append(", ").append(progress.tasks().text());
        }
        return text.toString();
    }
}
