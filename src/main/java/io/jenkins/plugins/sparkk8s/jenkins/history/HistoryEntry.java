package io.jenkins.plugins.sparkk8s.jenkins.history;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import java.io.Serializable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * One application that ended, as its job keeps it, and as the remote API of the job shows it. Immutable. Null is what is not
 * known; texts are masked and bounded, as they were kept with the build.
 */
@ExportedBean(defaultVisibility = 2)
@XStreamAlias("sparkHistoryEntry")
public final class HistoryEntry implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final int build;
    private final String name;
    private final String applicationId;
    private final String result;
    private final long startTime;
    private final Long durationMillis;
    private final Long queuedMillis;
    private final Long stagedMillis;
    private final Long scheduledMillis;
    private final Long startedMillis;
    private final Long runningMillis;
    private final String executorsRequested;
    private final long peakExecutors;
    private final long failedExecutors;
    private final long bytesUploaded;
    private final Double coreHours;

    /**
     * @param build number of the build
     * @param run the application after its end
     */
    public HistoryEntry(int build, SparkApplicationRun run) {
        this.id = run.getId();
        this.build = build;
        this.name = run.getName();
        this.applicationId = run.getApplicationId();
        this.result = run.getResult();
        this.startTime = run.getStartTime();
        this.durationMillis = run.getDurationMillis();
        this.queuedMillis = run.getQueue() == null ? null : run.getQueue().getMillis();
        this.stagedMillis = run.getStagedMillis();
        this.scheduledMillis = run.getScheduledMillis();
        this.startedMillis = run.getStartedMillis();
        this.runningMillis = run.getRunningMillis();
        this.executorsRequested = run.getExecutorsRequested();
        this.peakExecutors = run.getPeakExecutors();
        this.failedExecutors = run.getFailedExecutors();
        this.bytesUploaded = run.getBytesUploaded();
        this.coreHours = run.getCost() == null ? null : (Double) run.getCost().getCoreHours();
    }

    /** Another version of the plugin may have written less. */
    boolean isComplete() {
        return id != null && applicationId != null && result != null && build > 0;
    }

    boolean isSuccess() {
        return "SUCCEEDED".equals(result);
    }

    /** What counts as the same application in another build; see {@link SeriesName}. */
    String series() {
        return SeriesName.of(name, build);
    }

    /** Unique, also beyond the job. */
    @Exported
    public String getId() {
        return id;
    }

    /** Number of the build. */
    @Exported
    public int getBuild() {
        return build;
    }

    /** As the user named it; null when it was not submitted and has no name. */
    @Exported
    public String getName() {
        return name;
    }

    @Exported
    public String getApplicationId() {
        return applicationId;
    }

    /** As {@link SparkApplicationRun#getResult()}; never null. */
    @Exported
    public String getResult() {
        return result;
    }

    /** In milliseconds since 1970. */
    @Exported
    public long getStartTime() {
        return startTime;
    }

    /** All of the time from the begin to the end. */
    @Exported
    public Long getDurationMillis() {
        return durationMillis;
    }

    /** Milliseconds that it waited for others to end; null when it did not. */
    @Exported
    public Long getQueuedMillis() {
        return queuedMillis;
    }

    /** Milliseconds from the begin to the end without those in the queue. */
    Long activeMillis() {
        return durationMillis == null ? null : (Long) Math.max(0, durationMillis - orZero(queuedMillis));
    }

    /** How long packaging and uploading took. */
    @Exported
    public Long getStagedMillis() {
        return stagedMillis;
    }

    /** How long the driver pod was there until the driver ran. */
    @Exported
    public Long getPendingMillis() {
        return scheduledMillis == null && startedMillis == null
                ? null
                : (Long) (orZero(scheduledMillis) + orZero(startedMillis));
    }

    private static long orZero(Long millis) {
        return millis == null ? 0 : millis;
    }

    /** How long the driver ran. */
    @Exported
    public Long getRunningMillis() {
        return runningMillis;
    }

    /** As {@link SparkApplicationRun#getExecutorsRequested()}. */
    @Exported
    public String getExecutorsRequested() {
        return executorsRequested;
    }

    /** Most executors that ran at once. */
    @Exported
    public long getPeakExecutors() {
        return peakExecutors;
    }

    /** Executors that ended badly by themselves. */
    @Exported
    public long getFailedExecutors() {
        return failedExecutors;
    }

    @Exported
    public long getBytesUploaded() {
        return bytesUploaded;
    }

    /** Time of all executors by their cores, in hours. */
    @Exported
    public Double getCoreHours() {
        return coreHours;
    }
}
