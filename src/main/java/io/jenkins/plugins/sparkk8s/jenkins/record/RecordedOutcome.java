package io.jenkins.plugins.sparkk8s.jenkins.record;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationState;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** How an application ended, and what its executors did; immutable. Its texts are masked and bounded by the record. */
@XStreamAlias("sparkOutcome")
public final class RecordedOutcome implements Serializable {
    static final RecordedOutcome NONE = new RecordedOutcome(null, null, null, null, null, null, 0, 0);

    private static final long serialVersionUID = 1L;

    /** Null while it runs. */
    private final String result;

    private final Integer exitCode;

    /** Name of {@link ApplicationResult.Cause}. */
    private final String cause;

    private final String reason;
    private final ArrayList<String> details;

    // Null and 0 while they are not known.
    private final String executorsRequested;
    private final long peakExecutors;
    private final long failedExecutors;

    private RecordedOutcome(
            String result,
            Integer exitCode,
            String cause,
            String reason,
            List<String> details,
            String requested,
            long peak,
            long failed) {
        this.result = result;
        this.exitCode = exitCode;
        this.cause = cause;
        this.reason = reason;
        this.details = details == null ? null : new ArrayList<>(details);
        this.executorsRequested = requested;
        this.peakExecutors = peak;
        this.failedExecutors = failed;
    }

    private RecordedOutcome(RecordedOutcome other, String requested, long peak, long failed) {
        this(other.result, other.exitCode, other.cause, other.reason, other.details, requested, peak, failed);
    }

    /** The same with the executors of a moment; null changes nothing. */
    public RecordedOutcome seen(ApplicationState state) {
        return state == null
                ? this
                : new RecordedOutcome(
                        this,
                        String.valueOf(state.executorsRequested()),
                        state.executorsPeak(),
                        state.executorsFailed());
    }

    RecordedOutcome ended(String value, String why) {
        return new RecordedOutcome(
                value, exitCode, cause, why, details, executorsRequested, peakExecutors, failedExecutors);
    }

    /** @param lines details that may be kept */
    RecordedOutcome of(ApplicationSummary summary, List<String> lines) {
        ApplicationResult end = summary.result();
        return new RecordedOutcome(
                result,
                end.exitCode(),
                end.isSuccess() ? null : end.cause().name(),
                reason,
                lines,
                String.valueOf(summary.executorsRequested()),
                summary.executorsPeak(),
                summary.executorsFailed());
    }

    RecordedOutcome withoutDetails() {
        return new RecordedOutcome(
                result, exitCode, cause, reason, null, executorsRequested, peakExecutors, failedExecutors);
    }

    public String result() {
        return result;
    }

    public Integer exitCode() {
        return exitCode;
    }

    public String cause() {
        return cause;
    }

    public String reason() {
        return reason;
    }

    public List<String> details() {
        return details == null ? List.of() : details;
    }

    public String executorsRequested() {
        return executorsRequested;
    }

    public long peakExecutors() {
        return peakExecutors;
    }

    public long failedExecutors() {
        return failedExecutors;
    }
}
