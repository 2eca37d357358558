package io.jenkins.plugins.sparkk8s.monitor;

import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.executors.RequestedExecutors;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import java.time.Duration;

/**
 * All that is reported of an application at its end; {@link SummaryTable} makes it readable.
 *
 * @param application its identifiers
 * @param result how it ended
 * @param submission what happened before the monitoring began
 * @param scheduled from the driver pod's creation until it had a node; null when not known
 * @param started from then until the driver ran; null when not known
 * @param running how long the driver ran; null when not known
 * @param executorsRequested what the configuration asks for
 * @param executorsPeak most executors that ran at once
 * @param executorsFailed executors that ended badly by themselves while the driver ran
 * @param cost what it used
 */
public record ApplicationSummary(
        MonitoredApplication application,
        ApplicationResult result,
        SubmissionTimes submission,
        Duration scheduled,
        Duration started,
        Duration running,
        RequestedExecutors executorsRequested,
        long executorsPeak,
        long executorsFailed,
        ApplicationCost cost) {}
