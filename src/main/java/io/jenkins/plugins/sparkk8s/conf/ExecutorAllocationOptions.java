package io.jenkins.plugins.sparkk8s.conf;

import java.time.Duration;

/**
 * What the driver does with executors since Spark 4.2: sets of pods, recovery and resizing ({@code deploy/k8s/Config.scala},
 * {@code ExecutorResizePlugin}, {@code ExecutorPVCResizePlugin} of Spark).
 */
public final class ExecutorAllocationOptions {
    private static final String OPEN_RATIO = "It must be greater than 0 and less than 1.";
    private static final String RATIO = "It must be greater than 0 and at most 1.";

    public static final ConfigOption<Boolean> RECOVERY_MODE = ConfigOption.bool(
                    "spark.kubernetes.allocation.recoveryMode.enabled")
            .since("4.2.0")
            .readByDriver()
            .doc("Whether executors that replace one that ran out of memory get a single task at a time.")
            .build();
    public static final ConfigOption<Integer> POD_DELETION_COST = ConfigOption.integer(
                    "spark.kubernetes.executor.podDeletionCost")
            .since("4.2.0")
            .readByDriver()
            .doc(
                    "Deletion cost of executor pods that are to go first; for the allocator deployment with dynamic allocation.")
            .build();
    public static final ConfigOption<Duration> RESIZE_INTERVAL = ConfigOption.seconds(
                    "spark.kubernetes.executor.resizeInterval")
            .since("4.2.0")
            .readByDriver()
            .require(time -> !time.isNegative(), "It must not be negative.")
            .defaultsTo("0")
            .doc("How often ExecutorResizePlugin looks for executors that need more memory; 0 turns it off.")
            .build();
    public static final ConfigOption<Double> RESIZE_THRESHOLD = ConfigOption.decimal(
                    "spark.kubernetes.executor.resizeThreshold")
            .since("4.2.0")
            .readByDriver()
            .require(Rules::openRatio, OPEN_RATIO)
            .defaultsTo("0.9")
            .doc("Share of its memory that an executor must use before it gets more.")
            .build();
    public static final ConfigOption<Double> RESIZE_FACTOR = ConfigOption.decimal(
                    "spark.kubernetes.executor.resizeFactor")
            .since("4.2.0")
            .readByDriver()
            .require(Rules::ratio, RATIO)
            .defaultsTo("0.1")
            .doc("Share of its memory that an executor gets in addition.")
            .build();
    public static final ConfigOption<Duration> PVC_RESIZE_INTERVAL = ConfigOption.minutes(
                    "spark.kubernetes.executor.pvc.resizeInterval")
            .since("4.2.0")
            .readByDriver()
            .require(Rules::fiveMinuteSteps, "It must be 0 or a multiple of 5 minutes.")
            .defaultsTo("5")
            .doc("How often ExecutorPVCResizePlugin looks for claims of executors that are full; 0 turns it off.")
            .build();
    public static final ConfigOption<Double> PVC_RESIZE_THRESHOLD = ConfigOption.decimal(
                    "spark.kubernetes.executor.pvc.resizeThreshold")
            .since("4.2.0")
            .readByDriver()
            .require(Rules::openRatio, OPEN_RATIO)
            .defaultsTo("0.5")
            .doc("Share of a claim that must be used before it grows.")
            .build();
    public static final ConfigOption<Double> PVC_RESIZE_FACTOR = ConfigOption.decimal(
                    "spark.kubernetes.executor.pvc.resizeFactor")
            .since("4.2.0")
            .readByDriver()
            .require(Rules::ratio, RATIO)
            .defaultsTo("1.0")
            .doc("Share of its size that a claim grows by.")
            .build();

    private ExecutorAllocationOptions() {}
}
