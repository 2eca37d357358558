package io.jenkins.plugins.sparkk8s.jenkins.record;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationCost;
import io.jenkins.plugins.sparkk8s.monitor.progress.ExecutorTotals;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What an application has used, as it was last reported; immutable. Null is what its driver did not report. */
@XStreamAlias("sparkCost")
public final class RecordedCost implements Serializable {
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
    private final String source;
    private final double coreHours;
    private final ArrayList<String> hints;

    private RecordedCost(ApplicationCost cost) {
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
        this.source = known ? cost.source().name() : null;
        this.coreHours = Math.round(cost.coreHours() * HUNDREDTHS * HUNDREDTHS) / (HUNDREDTHS * HUNDREDTHS);
        this.hints = new ArrayList<>(cost.hints());
    }

    /** @param cost null stays null */
    public static RecordedCost of(ApplicationCost cost) {
        return cost == null ? null : new RecordedCost(cost);
    }

    /** Tasks that succeeded. */
    public Long tasks() {
        return tasks;
    }

    /** Attempts that failed. */
    public Long failedTasks() {
        return failedTasks;
    }

    /** Read from storage. */
    public Long inputBytes() {
        return inputBytes;
    }

    /** Written to storage by the stages that the source knows. */
    public Long outputBytes() {
        return outputBytes;
    }

    public Long shuffleReadBytes() {
        return shuffleReadBytes;
    }

    public Long shuffleWriteBytes() {
        return shuffleWriteBytes;
    }

    /** Written to disks for lack of memory by the stages that the source knows. */
    public Long spilledBytes() {
        return spilledBytes;
    }

    /** Garbage collections, of the time in tasks. */
    public Integer gcPercent() {
        return gcPercent;
    }

    /** Largest heap of one executor. */
    public Long peakHeapBytes() {
        return peakHeapBytes;
    }

    /** {@code DRIVER} for its last answers, {@code EVENT_LOG}, or {@code PARTIAL_EVENT_LOG} without the end; null of an earlier version, too. */
    public String source() {
        return source;
    }

    /** Time of all executors by their cores, in hours. */
    public double coreHours() {
        return coreHours;
    }

    /** What may be changed, a sentence each; may be empty. */
    public List<String> hints() {
        return hints == null ? List.of() : hints;
    }
}
