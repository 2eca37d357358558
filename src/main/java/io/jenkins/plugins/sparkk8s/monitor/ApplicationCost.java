package io.jenkins.plugins.sparkk8s.monitor;

import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import io.jenkins.plugins.sparkk8s.monitor.progress.ExecutorTotals;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageData;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageHistory;
import io.jenkins.plugins.sparkk8s.monitor.progress.TaskTimes;
import io.jenkins.plugins.sparkk8s.staging.files.ByteSizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an application has used so far, as far as its pods and the last answers of its driver show.
 *
 * @param source where the figures of tasks and stages come from
 * @param totals what its tasks did; null when the driver did not report it
 * @param stages what its stages did, as far as the source knows them
 * @param executors the time of its executors
 */
public record ApplicationCost(
        Source source, ExecutorTotals totals, StageHistory.Totals stages, ExecutorTime executors) {
    private static final long LEAST_SPILL = 64L << 20;
    private static final int MUCH_GC = 10;
    private static final long LEAST_TASK_MILLIS = 60_000;
    private static final int MOSTLY_IDLE = 30;
    private static final long LEAST_CORE_MILLIS = 600_000;

    /** Where figures come from. */
    public enum Source {
        /** The last answers of the driver's REST API; of its stages those that were seen to run. */
        DRIVER,
        /** The whole event log. */
        EVENT_LOG,
        /** An event log that the driver did not come to end. */
        PARTIAL_EVENT_LOG
    }

    /** Of figures that the driver reported. */
    public ApplicationCost(ExecutorTotals totals, StageHistory.Totals stages, ExecutorTime executors) {
        this(Source.DRIVER, totals, stages, executors);
    }

    /**
     * The time of all executors, from their pods.
     *
     * @param millis sum of the times that they ran
     * @param atFigures of that, at least what had passed when the driver last answered
     * @param cores of one
     * @param dynamic whether their number follows the load
     */
    public record ExecutorTime(long millis, long atFigures, int cores, boolean dynamic) {}

    /** Time of all executors by their cores. */
    public double coreHours() {
        return executors.millis() * executors.cores() / 3_600_000.0;
    }

    /** What its stages did with their data, as far as they were seen to run. */
    public StageData data() {
        return stages.data();
    }

    /** What may be changed, each a sentence that names a key; empty when the figures give no cause. */
    public List<String> hints() {
        List<String> hints = new ArrayList<>();
        if (data().spilled() >= LEAST_SPILL) {
            hints.add("%s were spilled to disks because memory was short: raise %s or spark.sql.shuffle.partitions."
                    .formatted(ByteSizes.readable(data().spilled()), CoreOptions.EXECUTOR_MEMORY.key()));
        }
        TaskTimes skew = stages.skew();
        if (skew != null && skew.isSkewed()) {
            hints.add(
                    "The longest task of stage %d took at least %s, and half of its tasks at most %s: spread the data more evenly; for joins, check spark.sql.adaptive.skewJoin.enabled."
                            .formatted(skew.stage(), time(skew.longest()), time(skew.median())));
        }
        if (totals != null && totals.gcPercent() >= MUCH_GC && totals.taskMillis() >= LEAST_TASK_MILLIS) {
            hints.add("Garbage collections took %d %% of the time in tasks: raise %s or lower %s."
                    .formatted(
                            totals.gcPercent(), CoreOptions.EXECUTOR_MEMORY.key(), CoreOptions.EXECUTOR_CORES.key()));
        }
        if (busyPercent() < MOSTLY_IDLE) {
            ConfigOption<?> key = executors.dynamic() ? CoreOptions.MAX_EXECUTORS : CoreOptions.EXECUTOR_INSTANCES;
            hints.add("Tasks ran in %d %% of the time of the executors' cores: lower %s%s."
                    .formatted(
                            busyPercent(),
                            key.key(),
                            executors.dynamic() ? "" : " or set " + CoreOptions.DYNAMIC_ALLOCATION.key()));
        }
        return hints;
    }

    /** Of the cores of the executors, up to the last figures; 100 when that is too little to judge. */
    private int busyPercent() {
        long available = executors.atFigures() * executors.cores();
        return totals == null || available < LEAST_CORE_MILLIS
                ? 100
                : (int) Math.min(100, 100 * totals.taskMillis() / available);
    }

    private static String time(long millis) {
        return Durations.format(Duration.ofMillis(millis));
    }
}
