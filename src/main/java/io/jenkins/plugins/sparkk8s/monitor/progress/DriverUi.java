package io.jenkins.plugins.sparkk8s.monitor.progress;

import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.util.Optional;

/**
 * Where a driver's REST API is.
 *
 * @param port of the driver pod; 0 when Spark chooses one
 * @param enabled {@code spark.ui.enabled}
 * @param wanted {@code spark.kubernetes.submit.progress}
 */
public record DriverUi(int port, boolean enabled, boolean wanted) {

    /**
     * @param shown whether anything is made of it
     * @throws io.jenkins.plugins.sparkk8s.conf.ConfigurationException when a value is invalid
     */
    public static DriverUi of(SparkConf conf, boolean shown) {
        return new DriverUi(
                conf.get(CoreOptions.UI_PORT),
                conf.get(CoreOptions.UI_ENABLED),
                shown && conf.get(KubernetesOptions.SUBMIT_PROGRESS));
    }

    /** Why there is no progress to read although it is wanted. */
    Optional<String> missing() {
        if (!enabled) {
            return Optional.of(CoreOptions.UI_ENABLED.key() + " is false");
        }
        return port == 0
                ? Optional.of(CoreOptions.UI_PORT.key() + " is 0, so that the port is not known")
                : Optional.empty();
    }
}
