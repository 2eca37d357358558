package io.jenkins.plugins.sparkk8s.monitor;

import io.jenkins.plugins.sparkk8s.conf.DriverSideOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.conf.SparkVersion;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverContainer;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorPodMapper;
import io.jenkins.plugins.sparkk8s.monitor.executors.RequestedExecutors;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorTimings;
import java.time.Duration;

/**
 * What one monitoring takes from the application's configuration.
 *
 * @param driverContainer which container of the driver pod is Spark's
 * @param mapper how executor pods become states
 * @param watchExecutors {@code spark.kubernetes.executor.enableApiWatcher}
 * @param pollExecutors {@code spark.kubernetes.executor.enableApiPolling}
 * @param pollInterval {@code spark.kubernetes.executor.apiPollingInterval}
 * @param pollFromCache {@code spark.kubernetes.executor.enablePollingWithResourceVersion}
 * @param batchInterval {@code spark.kubernetes.executor.eventProcessingInterval}
 * @param driverPollInterval the longer of {@code spark.kubernetes.report.interval} and our own, since the pod is watched
 * @param startTimeout {@code spark.kubernetes.submit.startTimeout}
 * @param requested how many executors are asked for
 * @param pace the times that are no keys
 */
public record MonitorSettings(
        DriverContainer driverContainer,
        ExecutorPodMapper mapper,
        boolean watchExecutors,
        boolean pollExecutors,
        Duration pollInterval,
        boolean pollFromCache,
        Duration batchInterval,
        Duration driverPollInterval,
        Duration startTimeout,
        RequestedExecutors requested,
        MonitorTimings pace) {
    /** Spark's own name of the executor container ({@code deploy/k8s/Constants.scala}). */
    private static final String DEFAULT_EXECUTOR_CONTAINER = "spark-kubernetes-executor";

    /** @throws io.jenkins.plugins.sparkk8s.conf.ConfigurationException when a value is invalid */
    static MonitorSettings of(SparkConf conf, MonitorTimings pace) {
        return new MonitorSettings(
                new DriverContainer(conf.find(KubernetesOptions.DRIVER_POD_TEMPLATE_CONTAINER_NAME)
                        .orElse(null)),
                mapper(conf),
                conf.get(DriverSideOptions.EXECUTOR_ENABLE_API_WATCHER),
                conf.get(DriverSideOptions.EXECUTOR_ENABLE_API_POLLING),
                conf.get(DriverSideOptions.EXECUTOR_API_POLLING_INTERVAL),
                conf.get(DriverSideOptions.EXECUTOR_ENABLE_POLLING_WITH_RESOURCE_VERSION),
                conf.get(DriverSideOptions.EXECUTOR_EVENT_PROCESSING_INTERVAL),
                longer(conf.get(KubernetesOptions.REPORT_INTERVAL), pace.driverPoll()),
                conf.get(KubernetesOptions.SUBMIT_START_TIMEOUT),
                RequestedExecutors.of(conf),
                pace);
    }

    /** Spark looks at all containers by default since 4.0. */
    private static ExecutorPodMapper mapper(SparkConf conf) {
        boolean checkAllByDefault = SparkVersion.parse(conf.get(KubernetesOptions.SUBMIT_SPARK_VERSION))
                .atLeast(4, 0);
        return new ExecutorPodMapper(
                conf.find(DriverSideOptions.EXECUTOR_POD_TEMPLATE_CONTAINER_NAME)
                        .orElse(DEFAULT_EXECUTOR_CONTAINER),
                conf.find(DriverSideOptions.EXECUTOR_CHECK_ALL_CONTAINERS).orElse(checkAllByDefault));
    }

    private static Duration longer(Duration left, Duration right) {
        return left.compareTo(right) >= 0 ? left : right;
    }
}
