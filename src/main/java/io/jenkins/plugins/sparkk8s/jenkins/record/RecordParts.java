package io.jenkins.plugins.sparkk8s.jenkins.record;

import java.time.Instant;

/** What is shown of an {@link ApplicationRecord}, all of one moment; queue is null unless it is queued. */
public record RecordParts(
        RecordedIdentity identity,
        RecordedPlace place,
        RecordedTimes times,
        RecordedOutcome outcome,
        QueuePlace queue,
        RecordParts.Summary summary) {

    /**
     * Milliseconds from its start to its end, or to now; see {@link RecordedTimes#total}.
     *
     * @return null when it is not known
     */
    public Long total(Instant now) {
        return times.total(identity.startTime(), summary.phase(), now);
    }

    /**
     * What is shown besides.
     *
     * @param name null when it is not known yet
     * @param historyUrl null when there is none
     * @param timeline as JSON; null when it is not known
     * @param cost null when it is not known
     * @param submittedBy the build that submitted it; null when it is the one that the record belongs to
     */
    public record Summary(
            Phase phase,
            String name,
            long bytesUploaded,
            String historyUrl,
            String timeline,
            RecordedCost cost,
            String submittedBy) {}
}
