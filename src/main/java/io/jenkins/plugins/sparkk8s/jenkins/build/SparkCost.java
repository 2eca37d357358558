package io.jenkins.plugins.sparkk8s.jenkins.build;

import io.jenkins.plugins.sparkk8s.monitor.ApplicationCost;
import io.jenkins.plugins.sparkk8s.monitor.progress.ExecutorTotals;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What an application has used, for a script and the remote API, and as it is kept with the build. Immutable. Null is what its
 * driver did not report.
 */
@ExportedBean(defaultVisibility = SparkApplicationRun.VISIBILITY + 1)
public final class SparkCost implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double HUNDREDTHS = 100;

    private final Long tasks;
    private final Long failedTasks;
    private final Long inputBytes;
    private final Long outputBytes;
    private final Long shuffleReadBytes;
    private final Long shuffleWriteBytes;
    private final Long spilledBytes;
    private final Integer gcPercent;
    private final Long peakHeapBytes;
    private final double coreHours;
    private final ArrayList<String> hints;

    private SparkCost(ApplicationCost cost) {
        ExecutorTotals totals = cost.totals();
        boolean known = totals != null;
        this.tasks = known ? (Long) totals.tasks() : null;
        this.failedTasks = known ? (Long) totals.failedTasks() : null;
        this.inputBytes = known ? (Long) totals.input() : null;
        this.outputBytes = known ? (Long) cost.data().output() : null;
        this.shuffleReadBytes = known ? (Long) totals.shuffleRead() : null;
        this.shuffleWriteBytes = known ? (Long) totals.shuffleWrite() : null;
        this.spilledBytes = known ? (Long) cost.data().spilled() : null;
        this.gcPercent = known ? (Integer) totals.gcPercent() : null;
        this.peakHeapBytes = known && totals.peakHeap() > 0 ? (Long) totals.peakHeap() : null;
        this.coreHours = Math.round(cost.coreHours() * HUNDREDTHS * HUNDREDTHS) / (HUNDREDTHS * HUNDREDTHS);
        this.hints = new ArrayList<>(cost.hints());
    }

    /** @param cost null stays null */
    static SparkCost of(ApplicationCost cost) {
        return cost == null ? null : new SparkCost(cost);
    }

    /** Tasks that succeeded. */
    @Exported
    @Whitelisted
    public Long getTasks() {
        return tasks;
    }

    /** Attempts that failed. */
    @Exported
    @Whitelisted
    public Long getFailedTasks() {
        return failedTasks;
    }

    /** Read from storage. */
    @Exported
    @Whitelisted
    public Long getInputBytes() {
        return inputBytes;
    }

    /** Written to storage by stages that were seen to run. */
    @Exported
    @Whitelisted
    public Long getOutputBytes() {
        return outputBytes;
    }

    @Exported
    @Whitelisted
    public Long getShuffleReadBytes() {
        return shuffleReadBytes;
    }

    @Exported
    @Whitelisted
    public Long getShuffleWriteBytes() {
        return shuffleWriteBytes;
    }

    /** Written to disks for lack of memory by stages that were seen to run. */
    @Exported
    @Whitelisted
    public Long getSpilledBytes() {
        return spilledBytes;
    }

    /** Garbage collections, of the time in tasks. */
    @Exported
    @Whitelisted
    public Integer getGcPercent() {
        return gcPercent;
    }

    /** Largest heap of one executor. */
    @Exported
    @Whitelisted
    public Long getPeakHeapBytes() {
        return peakHeapBytes;
    }

    /** Time of all executors by their cores, in hours. */
    @Exported
    @Whitelisted
    public double getCoreHours() {
        return coreHours;
    }

    /** What may be changed, a sentence each; may be empty. */
    @Exported
    @Whitelisted
    public List<String> getHints() {
        return hints == null ? new ArrayList<>() : new ArrayList<>(hints);
    }
}
