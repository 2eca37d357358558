package io.jenkins.plugins.sparkk8s.driver;

import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.time.Duration;
import java.util.List;

/**
 * How many executors the application asks for ({@code ExecutorAllocationManager.scala} and
 * {@code SchedulerBackendUtils.scala}; all of it Spark checks only in the driver).
 */
final class DynamicAllocationChecks {
    private DynamicAllocationChecks() {}

    /** @throws ConfigurationException with one sentence for each error */
    static void check(SparkConf conf) {
        Problems problems = new Problems();
        List<Runnable> rules = conf.get(CoreOptions.DYNAMIC_ALLOCATION)
                ? List.of(() -> bounds(conf), () -> initial(conf), () -> shuffle(conf), () -> allocation(conf))
                : List.of(() -> fixedNumber(conf));
        rules.forEach(problems::collect);
        problems.throwIfAny();
    }

    private static void fixedNumber(SparkConf conf) {
        int executors = conf.get(CoreOptions.EXECUTOR_INSTANCES);
        if (executors <= 0) {
            throw invalid(
                    CoreOptions.EXECUTOR_INSTANCES,
                    executors,
                    "Without dynamic allocation (%s) it must be a positive number."
                            .formatted(CoreOptions.DYNAMIC_ALLOCATION.key()));
        }
    }

    private static void bounds(SparkConf conf) {
        int min = conf.get(CoreOptions.MIN_EXECUTORS);
        int max = conf.get(CoreOptions.MAX_EXECUTORS);
        Problems problems = new Problems();
        if (min < 0) {
            problems.add(invalid(CoreOptions.MIN_EXECUTORS, min, "It must not be negative.")
                    .getMessage());
        }
        if (max <= 0) {
            problems.add(invalid(CoreOptions.MAX_EXECUTORS, max, "It must be a positive number.")
                    .getMessage());
        } else if (min > max) {
            problems.add("%s is %d, but must not be more than %s, which is %d. Lower it or raise the maximum."
                    .formatted(CoreOptions.MIN_EXECUTORS.key(), min, CoreOptions.MAX_EXECUTORS.key(), max));
        }
        problems.throwIfAny();
    }

    /** Spark starts with the largest of minimum, initial number and fixed number. */
    private static void initial(SparkConf conf) {
        int min = conf.get(CoreOptions.MIN_EXECUTORS);
        int max = conf.get(CoreOptions.MAX_EXECUTORS);
        if (min < 0 || max <= 0 || min > max) {
            return;
        }
        int initial = conf.get(CoreOptions.INITIAL_EXECUTORS);
        int fixed = conf.find(CoreOptions.EXECUTOR_INSTANCES).orElse(0);
        if (Math.max(initial, fixed) > max) {
            ConfigOption<Integer> cause =
                    initial >= fixed ? CoreOptions.INITIAL_EXECUTORS : CoreOptions.EXECUTOR_INSTANCES;
            throw new ConfigurationException(
                    "%s is %d, but the application cannot start with more executors than %s, which is %d. Lower it or raise the maximum."
                            .formatted(cause.key(), Math.max(initial, fixed), CoreOptions.MAX_EXECUTORS.key(), max));
        }
    }

    /** How many executors the application asks for when it starts; of a configuration that has been checked. */
    static int initialExecutors(SparkConf conf) {
        if (!conf.get(CoreOptions.DYNAMIC_ALLOCATION)) {
            return conf.get(CoreOptions.EXECUTOR_INSTANCES);
        }
        int fixed = conf.find(CoreOptions.EXECUTOR_INSTANCES).orElse(0);
        return Math.max(Math.max(conf.get(CoreOptions.MIN_EXECUTORS), conf.get(CoreOptions.INITIAL_EXECUTORS)), fixed);
    }

    private static void shuffle(SparkConf conf) {
        boolean decommission = conf.get(CoreOptions.DECOMMISSION) && conf.get(CoreOptions.DECOMMISSION_SHUFFLE_BLOCKS);
        if (!conf.get(CoreOptions.SHUFFLE_TRACKING)
                && !conf.get(CoreOptions.SHUFFLE_SERVICE)
                && !decommission
                && !conf.contains(CoreOptions.SHUFFLE_IO_PLUGIN)) {
            throw new ConfigurationException(
                    "%s needs a way to keep shuffle data: set %s to true, or %s to true with %s."
                            .formatted(
                                    CoreOptions.DYNAMIC_ALLOCATION.key(),
                                    CoreOptions.SHUFFLE_TRACKING.key(),
                                    CoreOptions.DECOMMISSION.key(),
                                    CoreOptions.DECOMMISSION_SHUFFLE_BLOCKS.key()));
        }
    }

    private static void allocation(SparkConf conf) {
        Problems problems = new Problems();
        for (ConfigOption<Duration> option :
                List.of(CoreOptions.BACKLOG_TIMEOUT, CoreOptions.SUSTAINED_BACKLOG_TIMEOUT)) {
            problems.collect(() -> {
                if (conf.contains(option) && conf.get(option).compareTo(Duration.ZERO) <= 0) {
                    throw invalid(option, conf.get(option.key()).orElseThrow(), "It must be a positive time.");
                }
            });
        }
        problems.collect(() -> {
            double ratio = conf.get(CoreOptions.EXECUTOR_ALLOCATION_RATIO);
            if (!(ratio > 0 && ratio <= 1)) {
                throw invalid(
                        CoreOptions.EXECUTOR_ALLOCATION_RATIO,
                        conf.get(CoreOptions.EXECUTOR_ALLOCATION_RATIO.key()).orElseThrow(),
                        "It must be greater than 0 and at most 1.");
            }
        });
        problems.throwIfAny();
    }

    private static ConfigurationException invalid(ConfigOption<?> option, Object value, String requirement) {
        return new ConfigurationException(
                "The value '%s' of %s is not valid. %s".formatted(value, option.key(), requirement));
    }
}
