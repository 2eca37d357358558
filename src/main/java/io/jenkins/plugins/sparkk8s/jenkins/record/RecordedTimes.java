package io.jenkins.plugins.sparkk8s.jenkins.record;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import io.jenkins.plugins.sparkk8s.monitor.SubmissionTimes;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/** How long the steps of an application took, and when it ended; immutable. Null is what is not known. */
@XStreamAlias("sparkTimes")
public final class RecordedTimes implements Serializable {
    static final RecordedTimes NONE = new RecordedTimes(null, null, null, null, null, null, null);

    private static final long serialVersionUID = 1L;

    private final Long queuedMillis;
    private final Long stagedMillis;
    private final Long submittedMillis;
    private final Long scheduledMillis;
    private final Long startedMillis;
    private final Long runningMillis;
    private final Long endTimeMillis;

    private RecordedTimes(
            Long queued, Long staged, Long submitted, Long scheduled, Long started, Long running, Long end) {
        this.queuedMillis = queued;
        this.stagedMillis = staged;
        this.submittedMillis = submitted;
        this.scheduledMillis = scheduled;
        this.startedMillis = started;
        this.runningMillis = running;
        this.endTimeMillis = end;
    }

    RecordedTimes queued(Duration time) {
        return new RecordedTimes(
                millis(time),
                stagedMillis,
                submittedMillis,
                scheduledMillis,
                startedMillis,
                runningMillis,
                endTimeMillis);
    }

    RecordedTimes staged(Duration time) {
        return new RecordedTimes(
                queuedMillis,
                millis(time),
                submittedMillis,
                scheduledMillis,
                startedMillis,
                runningMillis,
                endTimeMillis);
    }

    RecordedTimes submitted(Duration time) {
        return new RecordedTimes(
                queuedMillis, stagedMillis, millis(time), scheduledMillis, startedMillis, runningMillis, endTimeMillis);
    }

    RecordedTimes ended(Instant end) {
        return new RecordedTimes(
                queuedMillis,
                stagedMillis,
                submittedMillis,
                scheduledMillis,
                startedMillis,
                runningMillis,
                end.toEpochMilli());
    }

    RecordedTimes of(ApplicationSummary summary) {
        return new RecordedTimes(
                queuedMillis,
                stagedMillis,
                submittedMillis,
                millis(summary.scheduled()),
                millis(summary.started()),
                millis(summary.running()),
                endTimeMillis);
    }

    /** Null when it was not queued, or is. */
    public Long queued() {
        return queuedMillis;
    }

    public Long staged() {
        return stagedMillis;
    }

    public Long submitted() {
        return submittedMillis;
    }

    public Long scheduled() {
        return scheduledMillis;
    }

    public Long started() {
        return startedMillis;
    }

    public Long running() {
        return runningMillis;
    }

    /** In milliseconds since 1970. */
    public Long end() {
        return endTimeMillis;
    }

    /**
     * Milliseconds from the start of the application to its end, to now when it has none, or until it was submitted when no
     * build waits for it; null when it is not known.
     */
    Long total(long startTime, Phase phase, Instant now) {
        if (endTimeMillis != null) {
            return Math.max(0, endTimeMillis - startTime);
        }
        if (phase.isDeployed()) {
            return submittedMillis == null ? null : submittedMillis + (stagedMillis == null ? 0 : stagedMillis);
        }
        return Math.max(0, now.toEpochMilli() - startTime);
    }

    SubmissionTimes ofSubmission(long bytes) {
        return new SubmissionTimes(duration(stagedMillis), duration(submittedMillis), bytes);
    }

    private static Duration duration(Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }

    private static Long millis(Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
