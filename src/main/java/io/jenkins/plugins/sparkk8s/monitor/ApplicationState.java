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
 */
public record ApplicationState(
        String driver,
        RequestedExecutors executorsRequested,
        long executorsRunning,
        long executorsPending,
        long executorsPeak,
        long executorsFailed,
        ApplicationProgress progress) {}
