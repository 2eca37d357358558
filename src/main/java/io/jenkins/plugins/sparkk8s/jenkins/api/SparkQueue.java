package io.jenkins.plugins.sparkk8s.jenkins.api;

import io.jenkins.plugins.sparkk8s.jenkins.record.QueuePlace;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How long an application was queued, or is, and where; for a script and the remote API. Immutable. */
@ExportedBean(defaultVisibility = SparkApplicationRun.VISIBILITY + 1)
public final class SparkQueue implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long millis;
    private final Integer position;
    private final String reason;

    private SparkQueue(long millis, QueuePlace place) {
        this.millis = millis;
        this.position = place == null ? null : place.position();
        this.reason = place == null ? null : place.reason();
    }

    /**
     * @param left how long it was queued; null when it has not left the queue
     * @param place null unless it is queued
     * @param soFar milliseconds since its beginning
     * @return null when it was never queued
     */
    static SparkQueue of(Long left, QueuePlace place, long soFar) {
        if (left == null && place == null) {
            return null;
        }
        return new SparkQueue(left == null ? Math.max(0, soFar) : left, place);
    }

    /** How long it was queued, or is until now. */
    @Exported
    @Whitelisted
    public long getMillis() {
        return millis;
    }

    /** 1 for the next, among those that wait for the same reason; null unless it is queued now. */
    @Exported
    @Whitelisted
    public Integer getPosition() {
        return position;
    }

    /** What it waits for; null unless it is queued now. */
    @Exported
    @Whitelisted
    public String getReason() {
        return reason;
    }

    /** For a log: "queued for 37 s, position 2: …". */
    @Override
    public String toString() {
        String time = "queued for %d s".formatted(millis / 1000);
        return position == null ? time : "%s, position %d: %s".formatted(time, position, reason);
    }
}
