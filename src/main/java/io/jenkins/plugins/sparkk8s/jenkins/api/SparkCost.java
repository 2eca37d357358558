package io.jenkins.plugins.sparkk8s.jenkins.api;

import io.jenkins.plugins.sparkk8s.jenkins.record.RecordedCost;
import io.jenkins.plugins.sparkk8s.monitor.CoreHours;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What an application has used, for a script and the remote API. Immutable. Null is what its driver did not report. */
@ExportedBean(defaultVisibility = SparkApplicationRun.VISIBILITY + 1)
public final class SparkCost implements Serializable {
    private static final long serialVersionUID = 1L;

    private final RecordedCost cost;

    private SparkCost(RecordedCost cost) {
        this.cost = cost;
    }

    /** @param cost null stays null */
    static SparkCost of(RecordedCost cost) {
        return cost == null ? null : new SparkCost(cost);
    }

    /** Tasks that succeeded. */
    @Exported
    @Whitelisted
    public Long getTasks() {
        return cost.tasks();
    }

    /** Attempts that failed. */
    @Exported
    @Whitelisted
    public Long getFailedTasks() {
        return cost.failedTasks();
    }

    /** Read from storage. */
    @Exported
    @Whitelisted
    public Long getInputBytes() {
        return cost.inputBytes();
    }

    /** Written to storage by the stages that the source knows. */
    @Exported
    @Whitelisted
    public Long getOutputBytes() {
        return cost.outputBytes();
    }

    @Exported
    @Whitelisted
    public Long getShuffleReadBytes() {
        return cost.shuffleReadBytes();
    }

    @Exported
    @Whitelisted
    public Long getShuffleWriteBytes() {
        return cost.shuffleWriteBytes();
    }

    /** Written to disks for lack of memory by the stages that the source knows. */
    @Exported
    @Whitelisted
    public Long getSpilledBytes() {
        return cost.spilledBytes();
    }

    /** Garbage collections, of the time in tasks. */
    @Exported
    @Whitelisted
    public Integer getGcPercent() {
        return cost.gcPercent();
    }

    /** Largest heap of one executor. */
    @Exported
    @Whitelisted
    public Long getPeakHeapBytes() {
        return cost.peakHeapBytes();
    }

    /** {@code DRIVER} for its last answers, {@code EVENT_LOG}, or {@code PARTIAL_EVENT_LOG} without the end. */
    @Exported
    @Whitelisted
    public String getSource() {
        return cost.source();
    }

    /** Time of all executors by their cores, in hours. */
    @Exported
    @Whitelisted
    public double getCoreHours() {
        return cost.coreHours();
    }

    /** What may be changed, a sentence each; may be empty. */
    @Exported
    @Whitelisted
    public List<String> getHints() {
        return new ArrayList<>(cost.hints());
    }

    /** For a log: "0.039 core-hours, 24 tasks, 0 failed (EVENT_LOG)". */
    @Override
    public String toString() {
        String hours = CoreHours.readable(getCoreHours()) + " core-hours";
        return getTasks() == null
                ? hours
                : "%s, %d tasks, %d failed (%s)".formatted(hours, getTasks(), getFailedTasks(), getSource());
    }
}
