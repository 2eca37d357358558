package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;

/**
 * How many executors the configuration asks for, by Spark's rule for the first target ({@code SchedulerBackendUtils}).
 *
 * @param first how many the driver asks for at its start
 * @param dynamic whether the number follows the load
 * @param most upper bound under dynamic allocation; {@link Integer#MAX_VALUE} when there is none
 */
public record RequestedExecutors(int first, boolean dynamic, int most) {

    public static RequestedExecutors of(SparkConf conf) {
        if (!conf.get(CoreOptions.DYNAMIC_ALLOCATION)) {
            int instances = conf.get(CoreOptions.EXECUTOR_INSTANCES);
            return new RequestedExecutors(instances, false, instances);
        }
        int least = conf.get(CoreOptions.MIN_EXECUTORS);
        int initial = conf.find(CoreOptions.INITIAL_EXECUTORS).orElse(least);
        int instances = conf.find(CoreOptions.EXECUTOR_INSTANCES).orElse(0);
        int first = Math.max(least, Math.max(initial, instances));
        return new RequestedExecutors(first, true, conf.get(CoreOptions.MAX_EXECUTORS));
    }

    @Override
    public String toString() {
        if (!dynamic) {
            return String.valueOf(first);
        }
        return most == Integer.MAX_VALUE ? first + " (dynamic)" : "%d (dynamic, at most %d)".formatted(first, most);
    }
}
