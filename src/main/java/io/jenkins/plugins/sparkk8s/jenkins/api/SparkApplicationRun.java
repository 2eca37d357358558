package io.jenkins.plugins.sparkk8s.jenkins.api;

import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.HistoryLink;
import io.jenkins.plugins.sparkk8s.jenkins.record.Phase;
import io.jenkins.plugins.sparkk8s.jenkins.record.RecordParts;
import io.jenkins.plugins.sparkk8s.jenkins.record.RecordedCost;
import io.jenkins.plugins.sparkk8s.jenkins.record.RecordedIdentity;
import io.jenkins.plugins.sparkk8s.jenkins.record.RecordedOutcome;
import io.jenkins.plugins.sparkk8s.jenkins.record.RecordedPlace;
import io.jenkins.plugins.sparkk8s.jenkins.record.RecordedTimeline;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationState;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What is reported of one application of a build at one moment: the value of the step in a script, and an entry of the
 * remote API.
 *
 * <p>Pipeline keeps it with the variables of a script, so it holds plain values only and never changes; what is not
 * known, or not known yet, is null. Renaming a property breaks scripts and clients.
 */
@ExportedBean(defaultVisibility = SparkApplicationRun.VISIBILITY)
public final class SparkApplicationRun extends SparkTimes {
    /** As deep as it stands below a build: the build, its action, the application. */
    public static final int VISIBILITY = 3;

    private static final long serialVersionUID = 1L;
    private static final String UNKNOWN = "unknown";

    private final RecordedIdentity identity;
    private final RecordedPlace place;
    private final RecordedOutcome outcome;
    private final String name;
    private final long bytesUploaded;
    private final String historyUrl;
    private final String submittedBy;
    private final String state;
    private final WatchedFigures watched;
    private final SparkQueue queue;
    private final SparkCost cost;

    /** For pages; a script has no use for it. */
    private transient RecordedTimeline timeline;

    private SparkApplicationRun(RecordParts record, ApplicationState live, String state, Instant now) {
        super(
                record.identity().startTime(),
                state.equals(UNKNOWN) && record.times().end() == null ? null : record.total(now),
                record.times());
        this.identity = record.identity();
        this.place = record.place();
        this.outcome = record.outcome().seen(live);
        this.name = record.summary().name();
        this.bytesUploaded = record.summary().bytesUploaded();
        this.historyUrl = HistoryLink.safe(record.summary().historyUrl());
        this.submittedBy = record.summary().submittedBy();
        this.state = state;
        this.watched = WatchedFigures.of(live, now);
        this.queue = SparkQueue.of(record.times().queued(), record.queue(), now.toEpochMilli() - getStartTime());
        this.cost = SparkCost.of(live == null ? record.summary().cost() : RecordedCost.of(live.cost()));
        this.timeline = new RecordedTimeline(
                live == null ? null : live.timeline(), record.summary().timeline(), now);
    }

    /** How the application of a build that runs stands now. */
    public static SparkApplicationRun of(ApplicationRecord record) {
        return of(record, true, Instant.now());
    }

    /**
     * @param building whether the build still runs, so that an application without an end may come to one
     * @param now until when the time of one that has not ended counts
     */
    public static SparkApplicationRun of(ApplicationRecord record, boolean building, Instant now) {
        ApplicationState live = record.liveState();
        RecordParts parts = record.parts();
        Phase phase = parts.summary().phase();
        return new SparkApplicationRun(parts, phase.hasEnded() ? null : live, phase.state(building), now);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        timeline = null;
    }

    /** Null when it was read back with the variables of a script. */
    public RecordedTimeline timeline() {
        return timeline;
    }

    /** Distinguishes the applications of one build; a UUID. */
    @Exported
    @Whitelisted
    public String getId() {
        return identity.id();
    }

    /** As the user named it; null before it is submitted when it has no name. */
    @Exported
    @Whitelisted
    public String getName() {
        return name;
    }

    @Exported
    @Whitelisted
    public String getApplicationId() {
        return identity.applicationId();
    }

    /** Null before it is submitted, as the driver pod. */
    @Exported
    @Whitelisted
    public String getNamespace() {
        return place.namespace();
    }

    /** Name of the driver pod. */
    @Exported
    @Whitelisted
    public String getDriverPod() {
        return place.driverPod();
    }

    /** Name of the configured cluster. */
    @Exported
    @Whitelisted
    public String getCluster() {
        return identity.cluster();
    }

    /** One of queued, staging, creating, running, deployed (not waited for), ended, unknown (the build ended before it did). */
    @Exported
    @Whitelisted
    public String getState() {
        return state;
    }

    /** Phase and node of the driver pod; null unless it is being watched. */
    @Exported
    @Whitelisted
    public String getDriverState() {
        return watched.driverState();
    }

    /** SUCCEEDED, FAILED, DELETED, LOST, NEVER_STARTED, ABORTED or NOT_SUBMITTED; null before the end. */
    @Exported
    @Whitelisted
    public String getResult() {
        return outcome.result();
    }

    @Exported
    @Whitelisted
    public boolean isSuccess() {
        return Outcome.SUCCEEDED.name().equals(outcome.result());
    }

    /** Of the Spark container; null when it never ended by itself, or is unknown. */
    @Exported
    @Whitelisted
    public Integer getExitCode() {
        return outcome.exitCode();
    }

    /** The cause of a failure: APPLICATION, CONFIGURATION, INFRASTRUCTURE, STOPPED or UNKNOWN; else null. */
    @Exported
    @Whitelisted
    public String getCause() {
        return outcome.cause();
    }

    /** One sentence on how it ended. */
    @Exported
    @Whitelisted
    public String getReason() {
        return outcome.reason();
    }

    /** Further lines on how it ended; may be empty. */
    @Exported
    @Whitelisted
    public List<String> getDetails() {
        return new ArrayList<>(outcome.details());
    }

    /** What the configuration asks for: {@code 2}, or {@code 1 (dynamic, at most 20)}. */
    @Exported
    @Whitelisted
    public String getExecutorsRequested() {
        return outcome.executorsRequested();
    }

    /** Now; null unless the application is being watched. */
    @Exported
    @Whitelisted
    public Long getExecutorsRunning() {
        return watched.executorsRunning();
    }

    /** Now; null unless the application is being watched. */
    @Exported
    @Whitelisted
    public Long getExecutorsPending() {
        return watched.executorsPending();
    }

    /** How many are missing now, why, and what to do; null when none are, or that is not known. */
    @Exported
    @Whitelisted
    public String getExecutorsMissing() {
        return watched.executorsMissing();
    }

    /** How far its jobs and stages are; null unless it is being watched and its driver reports it. */
    @Exported
    @Whitelisted
    public SparkProgress getProgress() {
        return watched.progress();
    }

    /** What it has used; null when it is not known. */
    @Exported
    @Whitelisted
    public SparkCost getCost() {
        return cost;
    }

    /** How long it was queued, and its place while it is; null when it never was. */
    @Exported
    @Whitelisted
    public SparkQueue getQueue() {
        return queue;
    }

    /** Most executors that ran at once. */
    @Exported
    @Whitelisted
    public long getPeakExecutors() {
        return outcome.peakExecutors();
    }

    /** Executors that ended badly by themselves. */
    @Exported
    @Whitelisted
    public long getFailedExecutors() {
        return outcome.failedExecutors();
    }

    @Exported
    @Whitelisted
    public long getBytesUploaded() {
        return bytesUploaded;
    }

    /** Its page on the Spark history server, http or https; null when none is configured. */
    @Exported
    @Whitelisted
    public String getHistoryUrl() {
        return historyUrl;
    }

    /** The build that submitted it, when this one only waited for it; else null. */
    @Exported
    @Whitelisted
    public String getSubmittedBy() {
        return submittedBy;
    }

    /** For an echo: what, how it ended, after which time, and why. */
    @Override
    @Whitelisted
    public String toString() {
        return ApplicationText.of(this);
    }
}
