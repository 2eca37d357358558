package io.jenkins.plugins.sparkk8s.jenkins.build;

import io.jenkins.plugins.sparkk8s.monitor.ApplicationState;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of an {@link ApplicationRecord} that tells how the application ended. It is written down as the record's own
 * fields are; whoever calls holds the record's lock, but for {@link #endTime}.
 */
abstract class RecordedEnd extends RecordedSecrets {
    private static final long serialVersionUID = 1L;
    private static final int MOST_DETAILS = 10;
    private static final int LONGEST_DETAIL = 500;
    private static final int LONGEST_REASON = 1000;

    // How it ended; null while it runs, and for what is not known.
    String result;
    Integer exitCode;

    /** Name of {@link ApplicationResult.Cause}. */
    String cause;

    String reason;
    List<String> details;
    Long endTimeMillis;
    Long scheduledMillis;
    Long startedMillis;
    Long runningMillis;
    String executorsRequested;
    long peakExecutors;
    long failedExecutors;

    final void keepEnd(String value, String why, Instant time) {
        result = value;
        reason = kept(why, LONGEST_REASON);
        endTimeMillis = time.toEpochMilli();
    }

    /** An application that is aborted has no summary. */
    final void keepLastSeen(ApplicationState state) {
        if (state != null) {
            executorsRequested = String.valueOf(state.executorsRequested());
            peakExecutors = state.executorsPeak();
            failedExecutors = state.executorsFailed();
        }
    }

    final void keep(ApplicationSummary summary) {
        ApplicationResult end = summary.result();
        exitCode = end.exitCode();
        cause = end.isSuccess() ? null : end.cause().name();
        details = new ArrayList<>(end.details().stream()
                .filter(detail -> !mask().isUnknown())
                .limit(MOST_DETAILS)
                .map(detail -> kept(detail, LONGEST_DETAIL))
                .toList());
        scheduledMillis = millis(summary.scheduled());
        startedMillis = millis(summary.started());
        runningMillis = millis(summary.running());
        executorsRequested = String.valueOf(summary.executorsRequested());
        peakExecutors = summary.executorsPeak();
        failedExecutors = summary.executorsFailed();
    }

    final void dropDetails() {
        details = null;
    }

    /** When it ended; null while it runs. */
    public final synchronized Instant endTime() {
        return endTimeMillis == null ? null : Instant.ofEpochMilli(endTimeMillis);
    }

    private static Long millis(Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
