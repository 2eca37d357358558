package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.DriverSideOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.conf.SparkVersion;
import java.time.Duration;

/**
 * What the monitoring of executors takes from the application's configuration.
 *
 * @param mapper how executor pods become states
 * @param following how their pods are followed
 * @param batchInterval {@code spark.kubernetes.executor.eventProcessingInterval}: the counts are printed at most so often
 * @param cores of one executor
 * @param requested how many executors are asked for
 * @param failureLimit how many may fail
 * @param allocator who creates their pods
 */
public record ExecutorSettings(
        ExecutorPodMapper mapper,
        Following following,
        Duration batchInterval,
        int cores,
        RequestedExecutors requested,
        FailureLimit failureLimit,
        PodsAllocator allocator) {
    static final String REMOVED_BY_ANY = " (by the driver, a user or the cluster)";
    private static final String SCALED_DOWN = " (most likely scaled down by the driver)";
    private static final String WITH_SET = " (with its set of pods, by a user or the cluster)";

    /** Spark's own name of the executor container ({@code deploy/k8s/Constants.scala}). */
    private static final String DEFAULT_EXECUTOR_CONTAINER = "spark-kubernetes-executor";

    /**
     * The two sources of Spark's own driver.
     *
     * @param watch {@code spark.kubernetes.executor.enableApiWatcher}
     * @param poll {@code spark.kubernetes.executor.enableApiPolling}
     * @param pollInterval {@code spark.kubernetes.executor.apiPollingInterval}
     * @param fromCache {@code spark.kubernetes.executor.enablePollingWithResourceVersion}
     */
    public record Following(boolean watch, boolean poll, Duration pollInterval, boolean fromCache) {}

    /** @throws io.jenkins.plugins.sparkk8s.conf.ConfigurationException when a value is invalid */
    public static ExecutorSettings of(SparkConf conf) {
        return new ExecutorSettings(
                mapper(conf),
                new Following(
                        conf.get(DriverSideOptions.EXECUTOR_ENABLE_API_WATCHER),
                        conf.get(DriverSideOptions.EXECUTOR_ENABLE_API_POLLING),
                        conf.get(DriverSideOptions.EXECUTOR_API_POLLING_INTERVAL),
                        conf.get(DriverSideOptions.EXECUTOR_ENABLE_POLLING_WITH_RESOURCE_VERSION)),
                conf.get(DriverSideOptions.EXECUTOR_EVENT_PROCESSING_INTERVAL),
                conf.get(CoreOptions.EXECUTOR_CORES),
                RequestedExecutors.of(conf),
                FailureLimit.of(conf),
                PodsAllocator.of(conf));
    }

    /** Whether executors are followed at all. */
    public boolean isFollowed() {
        return following.watch() || following.poll();
    }

    /**
     * What a line says of an executor whose pod is removed while the driver runs. A set ends pods of its own only when the
     * driver asks for fewer, and replaces others.
     */
    String removals() {
        if (!allocator.isSet()) {
            return REMOVED_BY_ANY;
        }
        return requested.dynamic() ? SCALED_DOWN : WITH_SET;
    }

    /** Spark looks at all containers by default since 4.0. */
    private static ExecutorPodMapper mapper(SparkConf conf) {
        boolean checkAllByDefault = SparkVersion.of(conf).atLeast(4, 0);
        return new ExecutorPodMapper(
                conf.find(DriverSideOptions.EXECUTOR_POD_TEMPLATE_CONTAINER_NAME)
                        .orElse(DEFAULT_EXECUTOR_CONTAINER),
                conf.find(DriverSideOptions.EXECUTOR_CHECK_ALL_CONTAINERS).orElse(checkAllByDefault));
    }
}
