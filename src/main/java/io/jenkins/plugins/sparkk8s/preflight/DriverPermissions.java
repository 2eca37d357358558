package io.jenkins.plugins.sparkk8s.preflight;

import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.DriverSideOptions;
import io.jenkins.plugins.sparkk8s.conf.ExecutorAllocationOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Spark's driver must be allowed to do ({@code KubernetesClusterSchedulerBackend}, {@code ExecutorPodsAllocator},
 * {@code StatefulSetPodsAllocator}, {@code DeploymentPodsAllocator}, {@code ExecutorPodsLifecycleManager} of Spark).
 *
 * <p>Not vital is what Spark protects with a catch when it stops, or logs and continues without.
 */
final class DriverPermissions {
    /** The allocators that have a set start executors, with the sets' name in a Role. */
    private static final Map<String, String> SETS = Map.of("statefulset", "statefulsets", "deployment", "deployments");

    private static final String PLUGINS = "spark.plugins";

    private final SparkConf conf;
    private final List<RequiredPermission> permissions = new ArrayList<>();

    private DriverPermissions(SparkConf conf) {
        this.conf = conf;
    }

    /** Only what the configuration makes the driver do. */
    static List<RequiredPermission> of(SparkConf conf) {
        DriverPermissions driver = new DriverPermissions(conf);
        driver.pods();
        driver.configMaps();
        driver.services();
        driver.claims();
        driver.resizing();
        return driver.permissions;
    }

    private void pods() {
        String sets = SETS.get(conf.get(DriverSideOptions.ALLOCATION_PODS_ALLOCATOR));
        if (sets != null) {
            sets(sets);
        } else {
            add(RequiredPermission.vital("pods", "to start executors", "create"));
        }
        add(RequiredPermission.vital("pods", "to follow and end executors", "get", "list", "delete"));
        if (isOn(DriverSideOptions.EXECUTOR_ENABLE_API_WATCHER)) {
            add(RequiredPermission.vital(
                    "pods",
                    "to watch executors (%s)".formatted(DriverSideOptions.EXECUTOR_ENABLE_API_WATCHER.key()),
                    "watch"));
        }
        if (deletesExecutors()) {
            add(RequiredPermission.useful(
                    "pods", atEnd(DriverSideOptions.EXECUTOR_DELETE_ON_TERMINATION), "deletecollection"));
        }
        List<String> marks = marks();
        if (sets == null && !marks.isEmpty()) {
            add(RequiredPermission.useful("pods", "to mark pods (%s)".formatted(String.join(", ", marks)), "patch"));
        }
    }

    /**
     * Scaling reads and updates a sub-resource, and then reads the set; each pod gets the executor's id as a label
     * later.
     */
    private void sets(String sets) {
        String allocator = DriverSideOptions.ALLOCATION_PODS_ALLOCATOR.key();
        String purpose = "to start executors (%s)".formatted(allocator);
        String group = "apps";
        add(RequiredPermission.vital(sets, purpose, "create", "get").map(permission -> permission.inGroup(group)));
        add(RequiredPermission.vital(sets + "/scale", purpose, "get", "update")
                .map(permission -> permission.inGroup(group)));
        add(RequiredPermission.useful(sets, atEnd(DriverSideOptions.ALLOCATION_PODS_ALLOCATOR), "delete")
                .map(permission -> permission.inGroup(group)));
        add(RequiredPermission.vital("pods", "to label executors with their ids (%s)".formatted(allocator), "patch"));
    }

    private List<String> marks() {
        List<String> keys = new ArrayList<>();
        if (!deletesExecutors()) {
            keys.add(DriverSideOptions.EXECUTOR_DELETE_ON_TERMINATION.key());
        }
        if (conf.contains(DriverSideOptions.EXECUTOR_DECOMMISSION_LABEL)) {
            keys.add(DriverSideOptions.EXECUTOR_DECOMMISSION_LABEL.key());
        }
        if (isOn(DriverSideOptions.DRIVER_ANNOTATE_EXIT_EXCEPTION)) {
            keys.add(DriverSideOptions.DRIVER_ANNOTATE_EXIT_EXCEPTION.key());
        }
        return keys;
    }

    private void configMaps() {
        if (isOn(DriverSideOptions.EXECUTOR_DISABLE_CONFIG_MAP)) {
            return;
        }
        add(RequiredPermission.vital(
                "configmaps",
                "to give executors their configuration (%s)"
                        .formatted(DriverSideOptions.EXECUTOR_DISABLE_CONFIG_MAP.key()),
                "create"));
        if (deletesExecutors()) {
            add(RequiredPermission.useful(
                    "configmaps", atEnd(DriverSideOptions.EXECUTOR_DELETE_ON_TERMINATION), "deletecollection"));
        }
    }

    private void services() {
        if (isOn(DriverSideOptions.DRIVER_SERVICE_DELETE_ON_TERMINATION)) {
            add(RequiredPermission.useful(
                    "services", atEnd(DriverSideOptions.DRIVER_SERVICE_DELETE_ON_TERMINATION), "deletecollection"));
        }
    }

    /** Claims made on demand for executors. */
    private void claims() {
        List<Reference> made = new ConfiguredReferences(conf).storageClasses(Constants.EXECUTOR_VOLUMES_PREFIX);
        if (made.isEmpty()) {
            return;
        }
        String keys = made.stream().map(Reference::key).collect(Collectors.joining(" and "));
        add(RequiredPermission.vital(
                "persistentvolumeclaims", "to create the claims that %s ask for".formatted(keys), "create"));
        if (isOn(DriverSideOptions.DRIVER_OWN_PERSISTENT_VOLUME_CLAIM)) {
            add(RequiredPermission.useful(
                    "persistentvolumeclaims",
                    atEnd(DriverSideOptions.DRIVER_OWN_PERSISTENT_VOLUME_CLAIM),
                    "deletecollection"));
            if (isOn(DriverSideOptions.DRIVER_REUSE_PERSISTENT_VOLUME_CLAIM)) {
                add(RequiredPermission.useful(
                        "persistentvolumeclaims",
                        "to use claims again (%s)"
                                .formatted(DriverSideOptions.DRIVER_REUSE_PERSISTENT_VOLUME_CLAIM.key()),
                        "list"));
            }
        }
    }

    /** The plugins only log what is refused. */
    private void resizing() {
        if (hasPlugin("ExecutorResizePlugin") && isPeriodic(ExecutorAllocationOptions.RESIZE_INTERVAL)) {
            String purpose = "to give executors more memory (%s)".formatted(PLUGINS);
            add(RequiredPermission.useful("pods/resize", purpose, "patch"));
            add(RequiredPermission.useful("pods", purpose, "get")
                    .map(permission -> permission.inGroup("metrics.k8s.io")));
        }
        if (hasPlugin("ExecutorPVCResizePlugin") && isPeriodic(ExecutorAllocationOptions.PVC_RESIZE_INTERVAL)) {
            add(RequiredPermission.useful(
                    "persistentvolumeclaims", "to enlarge claims (%s)".formatted(PLUGINS), "get", "patch"));
        }
    }

    private boolean hasPlugin(String name) {
        String className = "org.apache.spark.scheduler.cluster.k8s." + name;
        return Stream.of(conf.get(PLUGINS).orElse("").split(","))
                .map(String::trim)
                .anyMatch(className::equals);
    }

    private boolean isPeriodic(ConfigOption<Duration> option) {
        return !conf.get(option).isZero();
    }

    private static String atEnd(ConfigOption<?> option) {
        return "to clean up at its end (%s)".formatted(option.key());
    }

    private boolean deletesExecutors() {
        return isOn(DriverSideOptions.EXECUTOR_DELETE_ON_TERMINATION);
    }

    private boolean isOn(ConfigOption<Boolean> option) {
        return conf.get(option);
    }

    private void add(Stream<RequiredPermission> more) {
        more.forEach(permissions::add);
    }
}
