package io.jenkins.plugins.sparkk8s.driver;

import io.fabric8.kubernetes.api.model.Quantity;
import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.DriverSideOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesVolumeUtils;
import io.jenkins.plugins.sparkk8s.driver.model.Quantities;
import io.jenkins.plugins.sparkk8s.driver.model.ResourceRequests;
import io.jenkins.plugins.sparkk8s.driver.model.SecretKeyRef;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Rules over several keys that Spark checks in the driver, when the application has already started: found here, an
 * error costs a second instead of a pod ({@code ExecutorPodsAllocator}, {@code BasicExecutorFeatureStep},
 * {@code KubernetesConf} and {@code SparkSubmitArguments} of Spark).
 */
final class DriverConfigurationChecks {
    private static final List<String> RESERVED_EXECUTOR_LABELS = List.of(
            Constants.SPARK_VERSION_LABEL,
            Constants.SPARK_EXECUTOR_ID_LABEL,
            Constants.SPARK_APP_ID_LABEL,
            Constants.SPARK_APP_NAME_LABEL,
            Constants.SPARK_ROLE_LABEL,
            Constants.SPARK_RESOURCE_PROFILE_ID_LABEL);
    private static final int LOWEST_EXECUTOR_PORT = 1024;
    private static final int HIGHEST_PORT = 65535;

    private final KubernetesDriverConf driver;
    private final SparkConf conf;

    private DriverConfigurationChecks(KubernetesDriverConf driver) {
        this.driver = driver;
        this.conf = driver.conf();
    }

    /** @throws ConfigurationException with one sentence for each error */
    static void check(KubernetesDriverConf driver) {
        DriverConfigurationChecks checks = new DriverConfigurationChecks(driver);
        ReleaseChecks release = new ReleaseChecks(driver);
        Problems problems = new Problems();
        List<Runnable> rules = List.of(
                checks::oneIdentity,
                () -> DynamicAllocationChecks.check(driver.conf()),
                () -> MetadataChecks.check(driver),
                () -> ArgumentChecks.check(driver.application().arguments()),
                () -> RestrictedChecks.check(driver),
                release::allocator,
                release::taskCpus,
                checks::pendingPods,
                checks::executorCpu,
                checks::executorMemory,
                checks::executorJavaOptions,
                checks::executorImage,
                checks::executorLabels,
                checks::executorPort,
                checks::executorSecrets,
                checks::executorResources,
                checks::executorVolumes);
        rules.forEach(problems::collect);
        problems.throwIfAny();
    }

    private void oneIdentity() {
        if (driver.application().impersonatedUser().isPresent() && conf.contains(CoreOptions.PRINCIPAL)) {
            throw new ConfigurationException("Both --proxy-user and %s (--principal) are set. Leave one of them out."
                    .formatted(CoreOptions.PRINCIPAL.key()));
        }
    }

    private void pendingPods() {
        int all = conf.get(DriverSideOptions.ALLOCATION_MAX_PENDING_PODS);
        Optional<Integer> perProfile = conf.find(DriverSideOptions.ALLOCATION_MAX_PENDING_PODS_PER_RP);
        int mostPerProfile = perProfile.orElse(Integer.MAX_VALUE);
        if (driver.version().atLeast(4, 1) && mostPerProfile != Integer.MAX_VALUE && mostPerProfile > all) {
            throw new ConfigurationException("%s is %d, but must not be more than %s, which is %d. Lower it."
                    .formatted(
                            DriverSideOptions.ALLOCATION_MAX_PENDING_PODS_PER_RP.key(),
                            mostPerProfile,
                            DriverSideOptions.ALLOCATION_MAX_PENDING_PODS.key(),
                            all));
        }
    }

    private void executorCpu() {
        ConfigOption<String> limitOption = DriverSideOptions.EXECUTOR_LIMIT_CORES;
        ConfigOption<String> requestOption = DriverSideOptions.EXECUTOR_REQUEST_CORES;
        Optional<Quantity> limit = quantity(limitOption);
        Optional<Quantity> request = quantity(requestOption);
        if (limit.isEmpty()) {
            return;
        }
        BigDecimal requested = request.map(Quantity::getNumericalAmount)
                .orElseGet(() -> BigDecimal.valueOf(conf.get(CoreOptions.EXECUTOR_CORES)));
        if (limit.get().getNumericalAmount().compareTo(requested) < 0) {
            String source = request.isPresent() ? requestOption.key() : CoreOptions.EXECUTOR_CORES.key();
            throw new ConfigurationException(
                    "%s is %s, but must not be less than the request, which is %s by %s. Raise the limit or lower the request."
                            .formatted(limitOption.key(), limit.get(), requested.toPlainString(), source));
        }
    }

    private void executorMemory() {
        if (conf.get(CoreOptions.OFF_HEAP) && conf.get(CoreOptions.OFF_HEAP_SIZE) <= 0) {
            throw new ConfigurationException("%s is true, but %s does not set the size. Set it to a positive size."
                    .formatted(CoreOptions.OFF_HEAP.key(), CoreOptions.OFF_HEAP_SIZE.key()));
        }
    }

    /** {@code SparkConf.validateSettings}: the first thing that a driver does. */
    private void executorJavaOptions() {
        Problems problems = new Problems();
        for (String key : List.of("spark.executor.defaultJavaOptions", "spark.executor.extraJavaOptions")) {
            String options = conf.get(key).orElse("");
            if (options.contains("-Dspark")) {
                problems.add("%s sets a Spark property, which Spark does not allow there. Use --conf instead."
                        .formatted(key));
            }
            if (options.contains("-Xmx")) {
                problems.add("%s sets the heap by -Xmx, which Spark does not allow there. Set %s instead."
                        .formatted(key, CoreOptions.EXECUTOR_MEMORY.key()));
            }
        }
        problems.throwIfAny();
    }

    private Optional<Quantity> quantity(ConfigOption<String> option) {
        return conf.find(option).map(text -> Quantities.parse(option.key(), text));
    }

    private void executorImage() {
        boolean executorsInDriver = conf.get(DriverSideOptions.DRIVER_MASTER).startsWith("local");
        boolean driverHasImage =
                driver.conf().find(KubernetesOptions.DRIVER_CONTAINER_IMAGE).isPresent();
        if (driverHasImage
                && !executorsInDriver
                && conf.find(DriverSideOptions.EXECUTOR_CONTAINER_IMAGE).isEmpty()) {
            throw new ConfigurationException("The executors have no container image: set %s, or %s for executors alone."
                    .formatted(
                            KubernetesOptions.CONTAINER_IMAGE.key(), DriverSideOptions.EXECUTOR_CONTAINER_IMAGE.key()));
        }
    }

    private void executorLabels() {
        Problems problems = new Problems();
        conf.withPrefix(Constants.EXECUTOR_LABEL_PREFIX).keySet().stream()
                .filter(RESERVED_EXECUTOR_LABELS::contains)
                .forEach(key -> problems.add("%s%s sets the label %s, which Spark sets itself. Choose another label."
                        .formatted(Constants.EXECUTOR_LABEL_PREFIX, key, key)));
        problems.throwIfAny();
    }

    private void executorPort() {
        int port = conf.find(CoreOptions.BLOCK_MANAGER_PORT).orElse(0);
        if (port > 0 && port < LOWEST_EXECUTOR_PORT) {
            throw new ConfigurationException("The value '%d' of %s is not valid. It must be 0 or from %d to %d."
                    .formatted(port, CoreOptions.BLOCK_MANAGER_PORT.key(), LOWEST_EXECUTOR_PORT, HIGHEST_PORT));
        }
    }

    private void executorSecrets() {
        Problems problems = new Problems();
        conf.withPrefix(Constants.EXECUTOR_SECRET_KEY_REF_PREFIX)
                .forEach((variable, text) -> problems.collect(
                        () -> SecretKeyRef.parse(Constants.EXECUTOR_SECRET_KEY_REF_PREFIX + variable, text)));
        problems.throwIfAny();
    }

    private void executorResources() {
        ResourceRequests.limits(conf, Constants.EXECUTOR_RESOURCE_PREFIX);
    }

    private void executorVolumes() {
        KubernetesVolumeUtils.parseVolumesWithPrefix(conf, Constants.EXECUTOR_VOLUMES_PREFIX, driver.version());
    }
}
