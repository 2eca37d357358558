package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.time.Duration;

/**
 * What the monitoring of a driver takes from the application's configuration.
 *
 * @param container which container of the driver pod is Spark's
 * @param reportInterval {@code spark.kubernetes.report.interval}: no poll is more frequent while the pod is watched
 * @param startTimeout {@code spark.kubernetes.submit.startTimeout}; zero for none
 */
public record DriverSettings(DriverContainer container, Duration reportInterval, Duration startTimeout) {

    /** @throws io.jenkins.plugins.sparkk8s.conf.ConfigurationException when a value is invalid */
    public static DriverSettings of(SparkConf conf) {
        return new DriverSettings(
                new DriverContainer(conf.find(KubernetesOptions.DRIVER_POD_TEMPLATE_CONTAINER_NAME)
                        .orElse(null)),
                conf.get(KubernetesOptions.REPORT_INTERVAL),
                conf.get(KubernetesOptions.SUBMIT_START_TIMEOUT));
    }
}
