package io.jenkins.plugins.sparkk8s.driver;

import io.fabric8.kubernetes.api.model.Quantity;
import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.DriverSideOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.Quantities;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.kubernetes.KubernetesNames;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What most likely fails later although the submission itself goes through, as it does with spark-submit: refused by
 * the API server's own rules, or only by some applications. One sentence each, for a configuration whose single values
 * are right.
 */
final class DriverConfigurationWarnings {
    /** Half as much again as the 300 MiB that {@code UnifiedMemoryManager} keeps for Spark itself. */
    private static final long SMALLEST_HEAP = 450;

    private static final Pattern EXECUTOR_VARIABLE = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");

    private final KubernetesDriverConf driver;
    private final SparkConf conf;
    private final List<String> warnings = new ArrayList<>();

    private DriverConfigurationWarnings(KubernetesDriverConf driver) {
        this.driver = driver;
        this.conf = driver.conf();
    }

    static List<String> of(KubernetesDriverConf driver) {
        DriverConfigurationWarnings checks = new DriverConfigurationWarnings(driver);
        checks.warnings.addAll(new ReleaseChecks(driver).warnings());
        checks.warnings.addAll(RestrictedChecks.warnings(driver.conf()));
        checks.driverCpu();
        checks.executorNumber();
        checks.executorNames();
        checks.executorEnvironment();
        checks.heap(CoreOptions.DRIVER_MEMORY);
        checks.heap(CoreOptions.EXECUTOR_MEMORY);
        return List.copyOf(checks.warnings);
    }

    private void driverCpu() {
        Optional<String> limit = conf.find(KubernetesOptions.DRIVER_LIMIT_CORES);
        Optional<String> request = conf.find(KubernetesOptions.DRIVER_REQUEST_CORES);
        if (limit.isEmpty()) {
            return;
        }
        BigDecimal requested = request.map(
                        text -> amount(Quantities.parse(KubernetesOptions.DRIVER_REQUEST_CORES.key(), text)))
                .orElseGet(() -> BigDecimal.valueOf(conf.get(CoreOptions.DRIVER_CORES)));
        if (amount(Quantities.parse(KubernetesOptions.DRIVER_LIMIT_CORES.key(), limit.get()))
                        .compareTo(requested)
                < 0) {
            warnings.add(
                    "%s is %s, but Kubernetes does not allow a limit below the request, which is %s by %s. Raise the limit or lower the request."
                            .formatted(
                                    KubernetesOptions.DRIVER_LIMIT_CORES.key(),
                                    limit.get(),
                                    requested.toPlainString(),
                                    request.isPresent()
                                            ? KubernetesOptions.DRIVER_REQUEST_CORES.key()
                                            : CoreOptions.DRIVER_CORES.key()));
        }
    }

    private static BigDecimal amount(Quantity quantity) {
        return quantity.getNumericalAmount();
    }

    /** {@code ExecutorPodsAllocator} creates no executor whose number reaches the maximum. */
    private void executorNumber() {
        Optional<Integer> maximum = conf.find(DriverSideOptions.ALLOCATION_MAXIMUM);
        if (maximum.isEmpty() || !driver.version().atLeast(4, 1)) {
            return;
        }
        int initial = DynamicAllocationChecks.initialExecutors(conf);
        if (initial >= maximum.get()) {
            warnings.add(
                    "%s is %d, so no executor gets the number %d or more, but the application requests %d at the start. Set it well above %d; replaced executors are counted, too."
                            .formatted(
                                    DriverSideOptions.ALLOCATION_MAXIMUM.key(),
                                    maximum.get(),
                                    maximum.get(),
                                    initial,
                                    initial));
        }
    }

    /**
     * {@code KubernetesClusterManager} makes the prefix in the driver, which ends when it is too long; by then the
     * application may have given itself another name, so that it is not certainly an error.
     */
    private void executorNames() {
        boolean executorsInDriver = conf.get(DriverSideOptions.DRIVER_MASTER).startsWith("local");
        boolean tooLong = driver.resourceNamePrefix().length() > KubernetesNames.LONGEST_EXECUTOR_PREFIX;
        if (tooLong
                && !executorsInDriver
                && conf.find(DriverSideOptions.EXECUTOR_POD_NAME_PREFIX).isEmpty()) {
            warnings.add(
                    "%s has %d characters, but Spark derives the names of executor pods from it and fails with more than %d, unless the application sets its own name. Shorten it, or set %s."
                            .formatted(
                                    CoreOptions.APP_NAME.key(),
                                    driver.appName().length(),
                                    KubernetesNames.LONGEST_APP_NAME,
                                    DriverSideOptions.EXECUTOR_POD_NAME_PREFIX.key()));
        }
    }

    /** {@code KubernetesExecutorConf} leaves out what it does not take for a name. */
    private void executorEnvironment() {
        conf.withPrefix(Constants.EXECUTOR_ENV_PREFIX).keySet().stream()
                .filter(name -> !EXECUTOR_VARIABLE.matcher(name).matches())
                .forEach(name -> warnings.add(
                        "%s%s does not reach the executors: the name of a variable must have only letters, digits, '-', '_' and '.', and must not begin with a digit. Choose another name."
                                .formatted(Constants.EXECUTOR_ENV_PREFIX, name)));
    }

    private void heap(ConfigOption<Long> option) {
        conf.find(option).filter(size -> size < SMALLEST_HEAP).ifPresent(size -> {
            String text = conf.get(option.key()).orElseThrow();
            warnings.add("%s is %s, but Spark does not start with a heap of less than %dm. Raise it."
                    .formatted(option.key(), text, SMALLEST_HEAP));
        });
    }
}
