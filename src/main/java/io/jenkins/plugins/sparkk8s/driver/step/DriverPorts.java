package io.jenkins.plugins.sparkk8s.driver.step;

import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The driver's ports by name, in Spark's order.
 *
 * <p>Spark looks at {@code spark.blockManager.port} for the container's port but not for the Service's, so the two can
 * differ; that is kept.
 *
 * @param driver the RPC endpoint
 * @param blockManager on the Service
 */
record DriverPorts(int driver, int blockManager, Map<String, Integer> onContainer, Map<String, Integer> onService) {
    private static final int HIGHEST = 65535;

    static DriverPorts of(KubernetesDriverConf conf) {
        SparkConf properties = conf.conf();
        Problems problems = new Problems();
        int driver = port(properties, CoreOptions.DRIVER_PORT, Constants.DEFAULT_DRIVER_PORT, problems);
        int common = port(properties, CoreOptions.BLOCK_MANAGER_PORT, Constants.DEFAULT_BLOCK_MANAGER_PORT, problems);
        int onContainer = port(properties, CoreOptions.DRIVER_BLOCK_MANAGER_PORT, common, problems);
        int onService =
                port(properties, CoreOptions.DRIVER_BLOCK_MANAGER_PORT, Constants.DEFAULT_BLOCK_MANAGER_PORT, problems);
        int ui = port(properties, CoreOptions.UI_PORT, 4040, problems);
        int connect = conf.version().atLeast(4, 1) ? port(properties, CoreOptions.CONNECT_PORT, 15002, problems) : 0;
        problems.throwIfAny();
        return new DriverPorts(
                driver, onService, byName(driver, onContainer, ui, connect), byName(driver, onService, ui, connect));
    }

    private static int port(SparkConf conf, ConfigOption<Integer> option, int fallback, Problems problems) {
        return problems.collect(() -> conf.contains(option) ? checked(option, conf.get(option)) : fallback)
                .orElse(fallback);
    }

    private static int checked(ConfigOption<Integer> option, int port) {
        if (port < 1 || port > HIGHEST) {
            throw new ConfigurationException(
                    "The value '%d' of %s is not valid. It must be from 1 to %d, because it is a port of the driver's container and Service."
                            .formatted(port, option.key(), HIGHEST));
        }
        return port;
    }

    private static Map<String, Integer> byName(int driver, int blockManager, int ui, int connect) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put(Constants.DRIVER_PORT_NAME, driver);
        ports.put(Constants.BLOCK_MANAGER_PORT_NAME, blockManager);
        ports.put(Constants.UI_PORT_NAME, ui);
        if (connect > 0) {
            ports.put(Constants.SPARK_CONNECT_PORT_NAME, connect);
        }
        return ports;
    }
}
