package io.jenkins.plugins.sparkk8s.jenkins.record;

/** What is shown of an {@link ApplicationRecord}, all of one moment; queue is null unless it is queued. */
public record RecordParts(
        RecordedIdentity identity,
        RecordedPlace place,
        RecordedTimes times,
        RecordedOutcome outcome,
        QueuePlace queue,
        RecordParts.Summary summary) {

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
