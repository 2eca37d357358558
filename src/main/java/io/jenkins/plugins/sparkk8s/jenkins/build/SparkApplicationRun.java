package io.jenkins.plugins.sparkk8s.jenkins.build;

import io.jenkins.plugins.sparkk8s.monitor.ApplicationState;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What is told of one application of a build at one moment: the value of the step in a script, and an entry of the
 * remote API.
 *
 * <p>Pipeline keeps it with the variables of a script, so it holds plain values only and never changes; what is not
 * known, or not known yet, is null. Renaming a property breaks scripts and clients.
 */
@ExportedBean(defaultVisibility = SparkApplicationRun.VISIBILITY)
public final class SparkApplicationRun implements Serializable {
    /** As deep as it stands below a build: the build, its action, the application. */
    static final int VISIBILITY = 3;

    private static final long serialVersionUID = 1L;
    private static final String UNKNOWN = "unknown";

    private final String id;
    private final String name;
    private final String applicationId;
    private final String namespace;
    private final String driverPod;
    private final String cluster;
    private final String state;
    private final String driverState;
    private final String result;
    private final Integer exitCode;
    private final String cause;
    private final String reason;
    private final ArrayList<String> details;
    private final long startTime;
    private final Long endTime;
    private final Long durationMillis;
    private final Long stagedMillis;
    private final Long submittedMillis;
    private final Long scheduledMillis;
    private final Long startedMillis;
    private final Long runningMillis;
    private final String executorsRequested;
    private final Long executorsRunning;
    private final Long executorsPending;
    private final long peakExecutors;
    private final long failedExecutors;
    private final long bytesUploaded;
    private final String historyUrl;

    private SparkApplicationRun(ApplicationRecord record, ApplicationState live, String state, Instant now) {
        this.id = record.id;
        this.name = record.name;
        this.applicationId = record.applicationId;
        this.namespace = record.namespace;
        this.driverPod = record.driverPod;
        this.cluster = record.cluster;
        this.state = state;
        this.driverState = live == null ? null : live.driver();
        this.result = record.result;
        this.exitCode = record.exitCode;
        this.cause = record.cause;
        this.reason = record.reason;
        this.details = record.details == null ? new ArrayList<>() : new ArrayList<>(record.details);
        this.startTime = record.startTimeMillis;
        this.endTime = record.endTimeMillis;
        this.durationMillis = total(record, state, now);
        this.stagedMillis = record.stagedMillis;
        this.submittedMillis = record.submittedMillis;
        this.scheduledMillis = record.scheduledMillis;
        this.startedMillis = record.startedMillis;
        this.runningMillis = record.runningMillis;
        this.executorsRequested = live == null
                ? record.executorsRequested
                : live.executorsRequested().toString();
        this.executorsRunning = live == null ? null : live.executorsRunning();
        this.executorsPending = live == null ? null : live.executorsPending();
        this.peakExecutors = live == null ? record.peakExecutors : live.executorsPeak();
        this.failedExecutors = live == null ? record.failedExecutors : live.executorsFailed();
        this.bytesUploaded = record.bytesUploaded;
        this.historyUrl = HistoryLink.safe(record.historyUrl);
    }

    /**
     * @param followed whether the build still goes on, so that an application without an end may come to one
     * @param now until when one that has not ended counts its time
     */
    static SparkApplicationRun of(ApplicationRecord record, boolean followed, Instant now) {
        ApplicationState live = record.liveState();
        ApplicationRecord copy = record.copy();
        boolean ended = copy.phase == Phase.ENDED;
        return new SparkApplicationRun(copy, ended ? null : live, state(copy.phase, followed), now);
    }

    private static String state(Phase phase, boolean followed) {
        boolean settled = phase == Phase.ENDED || phase == Phase.DEPLOYED;
        return phase == null || !settled && !followed ? UNKNOWN : phase.name().toLowerCase(Locale.ROOT);
    }

    private static Long total(ApplicationRecord record, String state, Instant now) {
        if (record.endTimeMillis != null) {
            return Math.max(0, record.endTimeMillis - record.startTimeMillis);
        }
        if (record.phase == Phase.DEPLOYED && record.submittedMillis != null) {
            return record.submittedMillis + (record.stagedMillis == null ? 0 : record.stagedMillis);
        }
        boolean counting = record.phase != Phase.DEPLOYED && !state.equals(UNKNOWN);
        return counting ? Math.max(0, now.toEpochMilli() - record.startTimeMillis) : null;
    }

    /** Tells the applications of one build apart; a UUID. */
    @Exported
    @Whitelisted
    public String getId() {
        return id;
    }

    /** As the user named it; null before it is submitted when nobody named it. */
    @Exported
    @Whitelisted
    public String getName() {
        return name;
    }

    @Exported
    @Whitelisted
    public String getApplicationId() {
        return applicationId;
    }

    /** Null before it is submitted, as the driver pod. */
    @Exported
    @Whitelisted
    public String getNamespace() {
        return namespace;
    }

    /** Name of the driver pod. */
    @Exported
    @Whitelisted
    public String getDriverPod() {
        return driverPod;
    }

    /** Name of the configured cluster. */
    @Exported
    @Whitelisted
    public String getCluster() {
        return cluster;
    }

    /** One of staging, creating, running, deployed (not waited for), ended, unknown (the build ended before it did). */
    @Exported
    @Whitelisted
    public String getState() {
        return state;
    }

    /** Phase and node of the driver pod; null unless it is being watched. */
    @Exported
    @Whitelisted
    public String getDriverState() {
        return driverState;
    }

    /** SUCCEEDED, FAILED, DELETED, LOST, NEVER_STARTED, ABORTED or NOT_SUBMITTED; null before the end. */
    @Exported
    @Whitelisted
    public String getResult() {
        return result;
    }

    @Exported
    @Whitelisted
    public boolean isSuccess() {
        return Outcome.SUCCEEDED.name().equals(result);
    }

    /** Of the Spark container; null when it never ended by itself, or nobody knows. */
    @Exported
    @Whitelisted
    public Integer getExitCode() {
        return exitCode;
    }

    /** Whose doing a failure was: APPLICATION, CONFIGURATION, INFRASTRUCTURE, STOPPED or UNKNOWN; else null. */
    @Exported
    @Whitelisted
    public String getCause() {
        return cause;
    }

    /** One sentence on how it ended. */
    @Exported
    @Whitelisted
    public String getReason() {
        return reason;
    }

    /** Further lines on how it ended; may be empty. */
    @Exported
    @Whitelisted
    public List<String> getDetails() {
        return new ArrayList<>(details);
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
        return endTime;
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
        return stagedMillis;
    }

    /** How long creating the objects took. */
    @Exported
    @Whitelisted
    public Long getSubmittedMillis() {
        return submittedMillis;
    }

    /** How long the driver pod waited for a node. */
    @Exported
    @Whitelisted
    public Long getScheduledMillis() {
        return scheduledMillis;
    }

    /** How long it then took until the driver ran. */
    @Exported
    @Whitelisted
    public Long getStartedMillis() {
        return startedMillis;
    }

    /** How long the driver ran. */
    @Exported
    @Whitelisted
    public Long getRunningMillis() {
        return runningMillis;
    }

    /** What the configuration asks for: {@code 2}, or {@code 1 (dynamic, at most 20)}. */
    @Exported
    @Whitelisted
    public String getExecutorsRequested() {
        return executorsRequested;
    }

    /** Now; null unless the application is being watched. */
    @Exported
    @Whitelisted
    public Long getExecutorsRunning() {
        return executorsRunning;
    }

    /** Now; null unless the application is being watched. */
    @Exported
    @Whitelisted
    public Long getExecutorsPending() {
        return executorsPending;
    }

    /** Most executors that ran at once. */
    @Exported
    @Whitelisted
    public long getPeakExecutors() {
        return peakExecutors;
    }

    /** Executors that ended badly by themselves. */
    @Exported
    @Whitelisted
    public long getFailedExecutors() {
        return failedExecutors;
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

    /** For an echo: what, how it ended, after which time, and why. */
    @Override
    @Whitelisted
    public String toString() {
        StringBuilder text = new StringBuilder(name == null ? applicationId : name + " (" + applicationId + ")");
        text.append(": ").append(result == null ? state : result);
        if (durationMillis != null) {
            text.append(" after ").append(getDuration());
        }
        if (exitCode != null) {
            text.append(", exit code ").append(exitCode);
        }
        if (reason != null && !isSuccess()) {
            text.append(": ").append(reason);
        }
        return text.toString();
    }
}
