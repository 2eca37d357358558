package io.jenkins.plugins.sparkk8s.driver;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.DriverSideOptions;
import io.jenkins.plugins.sparkk8s.conf.ExecutorAllocationOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.conf.SparkVersion;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.ArrayList;
import java.util.List;

/** What holds for some releases of Spark only, and whether the release is the image's. */
final class ReleaseChecks {
    private static final String DEPLOYMENT = "deployment";
    private static final String CLAIM = "persistentVolumeClaim.";

    private final SparkConf conf;
    private final SparkVersion version;

    ReleaseChecks(KubernetesDriverConf driver) {
        this.conf = driver.conf();
        this.version = driver.version();
    }

    /** Spark before 4.2 takes the name for a class. */
    void allocator() {
        if (!usesDeployment()) {
            return;
        }
        String key = DriverSideOptions.ALLOCATION_PODS_ALLOCATOR.key();
        if (!version.atLeast(4, 2)) {
            throw new ConfigurationException(
                    "%s is %s, which Spark has since 4.2, but the image is of Spark %s (%s). Use direct or statefulset, or a newer image."
                            .formatted(key, DEPLOYMENT, version, KubernetesOptions.SUBMIT_SPARK_VERSION.key()));
        }
        if (conf.get(CoreOptions.DYNAMIC_ALLOCATION) && !conf.contains(ExecutorAllocationOptions.POD_DELETION_COST)) {
            throw new ConfigurationException(
                    "%s with %s=%s needs %s, by which the pods of idle executors are removed first. Set it to a negative number, such as -1."
                            .formatted(
                                    CoreOptions.DYNAMIC_ALLOCATION.key(),
                                    key,
                                    DEPLOYMENT,
                                    ExecutorAllocationOptions.POD_DELETION_COST.key()));
        }
        conf.withPrefix(Constants.EXECUTOR_VOLUMES_PREFIX).keySet().stream()
                .filter(volume -> volume.startsWith(CLAIM))
                .findFirst()
                .ifPresent(volume -> {
                    throw new ConfigurationException(
                            "%s%s gives executors a claim, but with %s=%s they cannot have one. Leave the volume out, or use direct or statefulset."
                                    .formatted(Constants.EXECUTOR_VOLUMES_PREFIX, volume, key, DEPLOYMENT));
                });
    }

    void taskCpus() {
        int cpus = conf.get(CoreOptions.TASK_CPUS);
        if (cpus <= 0 && version.atLeast(4, 2)) {
            throw new ConfigurationException("The value '%d' of %s is not valid. It must be a positive whole number."
                    .formatted(cpus, CoreOptions.TASK_CPUS.key()));
        }
    }

    /** One sentence for each. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (version.isNewerThanKnown()) {
            warnings.add(
                    "Spark %s (%s) is newer than the releases that this submitter knows, and is treated as Spark %s. Update the submitter, or compare the driver pod with that of spark-submit."
                            .formatted(
                                    version,
                                    conf.contains(KubernetesOptions.SUBMIT_SPARK_VERSION)
                                            ? KubernetesOptions.SUBMIT_SPARK_VERSION.key()
                                            : "the tag of the image",
                                    SparkVersion.newestKnownLine()));
        }
        if (conf.contains(KubernetesOptions.SUBMIT_SPARK_VERSION)) {
            SparkVersion.ofImages(conf)
                    .filter(image -> !image.isOfLine(version))
                    .ifPresent(image -> warnings.add(
                            "%s is %s, but the tag of the image is of Spark %s. Leave the key out, or set it to the release in the image."
                                    .formatted(KubernetesOptions.SUBMIT_SPARK_VERSION.key(), version, image)));
        }
        boolean costs = usesDeployment() && conf.get(CoreOptions.DYNAMIC_ALLOCATION);
        if (conf.contains(ExecutorAllocationOptions.POD_DELETION_COST) && !costs) {
            warnings.add("%s has no effect: Spark uses it only with %s=%s and %s=true."
                    .formatted(
                            ExecutorAllocationOptions.POD_DELETION_COST.key(),
                            DriverSideOptions.ALLOCATION_PODS_ALLOCATOR.key(),
                            DEPLOYMENT,
                            CoreOptions.DYNAMIC_ALLOCATION.key()));
        }
        return warnings;
    }

    private boolean usesDeployment() {
        return DEPLOYMENT.equals(conf.get(DriverSideOptions.ALLOCATION_PODS_ALLOCATOR));
    }
}
