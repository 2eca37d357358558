package io.jenkins.plugins.sparkk8s.jenkins.api;

import io.jenkins.plugins.sparkk8s.jenkins.record.RecordedTimes;
import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import java.io.Serializable;
import java.time.Duration;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * When an application began and ended, and how long its steps took, for a script and the remote API. Immutable; what is not known is
 * null. Public only because properties are read by reflection.
 */
@ExportedBean(defaultVisibility = SparkApplicationRun.VISIBILITY)
public abstract class SparkTimes implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long startTime;
    private final Long durationMillis;
    private final RecordedTimes times;

    /** @param total all of the time from the start, in milliseconds; null when it is not known */
    SparkTimes(long startTime, Long total, RecordedTimes times) {
        this.startTime = startTime;
        this.durationMillis = total;
        this.times = times;
    }

    /** When the build began with it, in milliseconds since 1970. */
    @Exported
    @Whitelisted
    public long getStartTime() {
        return startTime;
    }

    /** In milliseconds since 1970. */
    @Exported
    @Whitelisted
    public Long getEndTime() {
        return times.end();
    }

    /** All of the time from the begin, as people read it: {@code 3 m 05 s}. */
    @Exported
    @Whitelisted
    public String getDuration() {
        return durationMillis == null ? null : Durations.format(Duration.ofMillis(durationMillis));
    }

    @Exported
    @Whitelisted
    public Long getDurationMillis() {
        return durationMillis;
    }

    /** How long packaging and uploading took. */
    @Exported
    @Whitelisted
    public Long getStagedMillis() {
        return times.staged();
    }

    /** How long creating the objects took. */
    @Exported
    @Whitelisted
    public Long getSubmittedMillis() {
        return times.submitted();
    }

    /** How long the driver pod waited for a node. */
    @Exported
    @Whitelisted
    public Long getScheduledMillis() {
        return times.scheduled();
    }

    /** How long it then took until the driver ran. */
    @Exported
    @Whitelisted
    public Long getStartedMillis() {
        return times.started();
    }

    /** How long the driver ran. */
    @Exported
    @Whitelisted
    public Long getRunningMillis() {
        return times.running();
    }
}
