package io.jenkins.plugins.sparkk8s.monitor.eventlog;

import io.jenkins.plugins.sparkk8s.monitor.progress.ExecutorTotals;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageHistory;

/**
 * What an event log says that the tasks of an application did. Immutable.
 *
 * @param totals of all tasks
 * @param stages of all stages
 * @param complete whether the log has the application's end; without it the last tasks are missing
 */
public record EventLogFigures(ExecutorTotals totals, StageHistory.Totals stages, boolean complete) {}
