package io.jenkins.plugins.sparkk8s.conf;

import java.time.Duration;
import java.util.List;

/**
 * Keys under {@code spark.kubernetes.} that only the driver reads ({@code deploy/k8s/Config.scala} of Spark); checked
 * at submission, since the driver would find an error only later.
 */
public final class DriverSideOptions {
    public static final ConfigOption<Duration> ALLOCATION_BATCH_DELAY = ConfigOption.millis(
                    "spark.kubernetes.allocation.batch.delay")
            .since("2.3.0")
            .readByDriver()
            .require(time -> time.toMillis() > 100, "It must be longer than 100ms.")
            .defaultsTo("1s")
            .doc("Time between two rounds of executor allocation.")
            .build();
    public static final ConfigOption<Integer> ALLOCATION_BATCH_SIZE = ConfigOption.integer(
                    "spark.kubernetes.allocation.batch.size")
            .since("2.3.0")
            .readByDriver()
            .require(number -> number > 0, "It must be a positive whole number.")
            .defaultsTo("20")
            .doc(
                    "Most executor pods asked for in one round and resource profile; the default is 10 in Spark 4.0 and 4.1, and 5 in 3.5.")
            .build();
    public static final ConfigOption<Duration> ALLOCATION_DRIVER_READINESS_TIMEOUT = ConfigOption.seconds(
                    "spark.kubernetes.allocation.driver.readinessTimeout")
            .since("3.1.3")
            .readByDriver()
            .require(Rules::positive, "It must be a positive time.")
            .defaultsTo("1s")
            .doc("How long the driver waits for its own pod to be ready before it asks for executors.")
            .build();
    public static final ConfigOption<Duration> ALLOCATION_EXECUTOR_TIMEOUT = ConfigOption.millis(
                    "spark.kubernetes.allocation.executor.timeout")
            .since("3.1.0")
            .readByDriver()
            .require(Rules::positive, "It must be a positive time.")
            .defaultsTo("600s")
            .doc("How long a created executor may stay unseen before it is given up; at least five batch delays.")
            .build();
    public static final ConfigOption<Integer> ALLOCATION_MAX_PENDING_PODS = ConfigOption.integer(
                    "spark.kubernetes.allocation.maxPendingPods")
            .since("3.2.0")
            .readByDriver()
            .require(number -> number > 0, "It must be a positive whole number.")
            .defaultsTo("2147483647")
            .doc("Most executor pods that may be pending at a time.")
            .build();
    public static final ConfigOption<Integer> ALLOCATION_MAX_PENDING_PODS_PER_RP = ConfigOption.integer(
                    "spark.kubernetes.allocation.maxPendingPodsPerRp")
            .since("4.1.0")
            .readByDriver()
            .require(number -> number > 0, "It must be a positive whole number.")
            .defaultsTo("2147483647")
            .doc(
                    "Most executor pods of one resource profile that may be pending at a time; not more than allocation.maxPendingPods.")
            .build();
    public static final ConfigOption<Integer> ALLOCATION_MAXIMUM = ConfigOption.integer(
                    "spark.kubernetes.allocation.maximum")
            .since("4.1.0")
            .readByDriver()
            .require(number -> number > 0, "It must be a positive whole number.")
            .defaultsTo("2147483647")
            .doc("Most executors ever created by one application.")
            .build();
    public static final ConfigOption<String> ALLOCATION_PODS_ALLOCATOR = ConfigOption.string(
                    "spark.kubernetes.allocation.pods.allocator")
            .since("3.3.0")
            .readByDriver()
            .require(Rules::allocator, "It must be direct, statefulset or the full name of a class.")
            .defaultsTo("direct")
            .doc("How executor pods are made: direct, statefulset, deployment (since 4.2) or the full name of a class.")
            .build();
    public static final ConfigOption<String> AUTHENTICATE_EXECUTOR_SERVICE_ACCOUNT_NAME = ConfigOption.string(
                    "spark.kubernetes.authenticate.executor.serviceAccountName")
            .since("3.1.0")
            .readByDriver()
            .doc("Service account of the executors; the driver's when unset.")
            .build();
    public static final ConfigOption<String> DECOMMISSION_SCRIPT = ConfigOption.string(
                    "spark.kubernetes.decommission.script")
            .since("3.2.0")
            .readByDriver()
            .defaultsTo("/opt/decom.sh")
            .doc("Script that the executor's preStop hook runs when decommissioning is on.")
            .build();
    public static final ConfigOption<Boolean> DRIVER_ANNOTATE_EXIT_EXCEPTION = ConfigOption.bool(
                    "spark.kubernetes.driver.annotateExitException")
            .since("4.1.0")
            .readByDriver()
            .defaultsTo("false")
            .doc("Whether the driver writes the exception it ended with to its own pod.")
            .build();
    public static final ConfigOption<Integer> DRIVER_CONNECTION_TIMEOUT = ConfigOption.integer(
                    "spark.kubernetes.driver.connectionTimeout")
            .since("3.0.0")
            .readByDriver()
            .defaultsTo("10000")
            .doc("Connection timeout of the driver's API client, in milliseconds.")
            .build();
    public static final ConfigOption<String> DRIVER_MASTER = ConfigOption.string("spark.kubernetes.driver.master")
            .since("3.0.0")
            .readByDriver()
            .defaultsTo("https://kubernetes.default.svc")
            .doc("API server as seen from the driver pod.")
            .build();
    public static final ConfigOption<Boolean> DRIVER_OWN_PERSISTENT_VOLUME_CLAIM = ConfigOption.bool(
                    "spark.kubernetes.driver.ownPersistentVolumeClaim")
            .since("3.2.0")
            .readByDriver()
            .defaultsTo("true")
            .doc("Whether the driver owns the claims made on demand for executors.")
            .build();
    public static final ConfigOption<Integer> DRIVER_REQUEST_TIMEOUT = ConfigOption.integer(
                    "spark.kubernetes.driver.requestTimeout")
            .since("3.0.0")
            .readByDriver()
            .defaultsTo("10000")
            .doc("Request timeout of the driver's API client, in milliseconds.")
            .build();
    public static final ConfigOption<Boolean> DRIVER_REUSE_PERSISTENT_VOLUME_CLAIM = ConfigOption.bool(
                    "spark.kubernetes.driver.reusePersistentVolumeClaim")
            .since("3.2.0")
            .readByDriver()
            .defaultsTo("true")
            .doc("Whether claims of lost executors are used again.")
            .build();
    public static final ConfigOption<Boolean> DRIVER_SERVICE_DELETE_ON_TERMINATION = ConfigOption.bool(
                    "spark.kubernetes.driver.service.deleteOnTermination")
            .since("3.2.0")
            .readByDriver()
            .defaultsTo("true")
            .doc("Whether the driver deletes its Service when it ends.")
            .build();
    public static final ConfigOption<Boolean> DRIVER_WAIT_TO_REUSE_PERSISTENT_VOLUME_CLAIM = ConfigOption.bool(
                    "spark.kubernetes.driver.waitToReusePersistentVolumeClaim")
            .since("3.4.0")
            .readByDriver()
            .defaultsTo("false")
            .doc("Whether to wait for a claim to become free rather than to create more.")
            .build();
    public static final ConfigOption<Duration> DYNAMIC_ALLOCATION_DELETE_GRACE_PERIOD = ConfigOption.millis(
                    "spark.kubernetes.dynamicAllocation.deleteGracePeriod")
            .since("3.0.0")
            .readByDriver()
            .defaultsTo("5s")
            .doc("Time between asking an executor to stop and deleting its pod.")
            .build();
    public static final ConfigOption<Duration> EXECUTOR_API_POLLING_INTERVAL = ConfigOption.millis(
                    "spark.kubernetes.executor.apiPollingInterval")
            .since("2.4.0")
            .readByDriver()
            .require(Rules::positive, "It must be a positive time.")
            .defaultsTo("30s")
            .doc("How often the executor pods are listed, besides watching them.")
            .build();
    public static final ConfigOption<Boolean> EXECUTOR_CHECK_ALL_CONTAINERS = ConfigOption.bool(
                    "spark.kubernetes.executor.checkAllContainers")
            .since("3.1.0")
            .readByDriver()
            .defaultsTo("true")
            .doc("Whether any failed container makes an executor a failed one.")
            .build();
    public static final ConfigOption<String> EXECUTOR_CONTAINER_IMAGE = ConfigOption.string(
                    "spark.kubernetes.executor.container.image")
            .since("2.3.0")
            .readByDriver()
            .fallsBackTo(KubernetesOptions.CONTAINER_IMAGE)
            .doc("Image of the executors alone.")
            .build();
    public static final ConfigOption<String> EXECUTOR_DECOMMISSION_LABEL = ConfigOption.string(
                    "spark.kubernetes.executor.decommissionLabel")
            .since("3.3.0")
            .readByDriver()
            .doc("Label put on executors that are being decommissioned.")
            .build();
    public static final ConfigOption<String> EXECUTOR_DECOMMISSION_LABEL_VALUE = ConfigOption.string(
                    "spark.kubernetes.executor.decommissionLabelValue")
            .since("3.3.0")
            .readByDriver()
            .doc("Value of that label.")
            .build();
    public static final ConfigOption<Boolean> EXECUTOR_DELETE_ON_TERMINATION = ConfigOption.bool(
                    "spark.kubernetes.executor.deleteOnTermination")
            .since("3.0.0")
            .readByDriver()
            .defaultsTo("true")
            .doc("Whether the pods of finished executors are deleted; kept ones are marked inactive.")
            .build();
    public static final ConfigOption<Duration> EXECUTOR_DELETED_EXECUTORS_CACHE_TIMEOUT = ConfigOption.seconds(
                    "spark.kubernetes.executor.deletedExecutorsCacheTimeout")
            .since("4.1.0")
            .readByDriver()
            .require(time -> !time.isNegative(), "It must not be negative.")
            .defaultsTo("180")
            .doc("How long the driver remembers executors that it removed.")
            .build();
    public static final ConfigOption<Boolean> EXECUTOR_DISABLE_CONFIG_MAP = ConfigOption.bool(
                    "spark.kubernetes.executor.disableConfigMap")
            .since("3.2.0")
            .readByDriver()
            .defaultsTo("false")
            .doc("Whether to leave out the executors' ConfigMap.")
            .build();
    public static final ConfigOption<Boolean> EXECUTOR_ENABLE_API_POLLING = ConfigOption.bool(
                    "spark.kubernetes.executor.enableApiPolling")
            .since("3.4.0")
            .readByDriver()
            .defaultsTo("true")
            .doc("Whether executor pods are listed at intervals.")
            .build();
    public static final ConfigOption<Boolean> EXECUTOR_ENABLE_API_WATCHER = ConfigOption.bool(
                    "spark.kubernetes.executor.enableApiWatcher")
            .since("3.4.0")
            .readByDriver()
            .defaultsTo("true")
            .doc("Whether executor pods are watched.")
            .build();
    public static final ConfigOption<Boolean> EXECUTOR_ENABLE_POLLING_WITH_RESOURCE_VERSION = ConfigOption.bool(
                    "spark.kubernetes.executor.enablePollingWithResourceVersion")
            .since("3.3.0")
            .readByDriver()
            .defaultsTo("false")
            .doc("Whether the API server may answer the list from its cache.")
            .build();
    public static final ConfigOption<Duration> EXECUTOR_EVENT_PROCESSING_INTERVAL = ConfigOption.millis(
                    "spark.kubernetes.executor.eventProcessingInterval")
            .since("2.4.0")
            .readByDriver()
            .require(Rules::positive, "It must be a positive time.")
            .defaultsTo("1s")
            .doc("How often changes of executor pods are handled.")
            .build();
    public static final ConfigOption<String> EXECUTOR_LIMIT_CORES = ConfigOption.string(
                    "spark.kubernetes.executor.limit.cores")
            .since("2.3.0")
            .readByDriver()
            .doc("CPU limit of the executors; not less than the request.")
            .build();
    public static final ConfigOption<Integer> EXECUTOR_MIN_TASKS_PER_EXECUTOR_BEFORE_ROLLING = ConfigOption.integer(
                    "spark.kubernetes.executor.minTasksPerExecutorBeforeRolling")
            .since("3.3.0")
            .readByDriver()
            .require(number -> number >= 0, "It must not be negative.")
            .defaultsTo("0")
            .doc("Tasks an executor must have run before it may be rolled.")
            .build();
    public static final ConfigOption<Duration> EXECUTOR_MISSING_POD_DETECT_DELTA = ConfigOption.millis(
                    "spark.kubernetes.executor.missingPodDetectDelta")
            .since("3.1.1")
            .readByDriver()
            .require(Rules::positive, "It must be a positive time.")
            .defaultsTo("30s")
            .doc("How long a registered executor may be absent from the list before it counts as lost.")
            .build();
    public static final ConfigOption<List<String>> EXECUTOR_POD_EXCLUDED_FEATURE_STEPS = ConfigOption.list(
                    "spark.kubernetes.executor.pod.excludedFeatureSteps")
            .since("4.1.0")
            .readByDriver()
            .defaultsTo("")
            .doc("Class names of the feature steps to leave out for executors.")
            .build();
    public static final ConfigOption<List<String>> EXECUTOR_POD_FEATURE_STEPS = ConfigOption.list(
                    "spark.kubernetes.executor.pod.featureSteps")
            .since("3.2.0")
            .readByDriver()
            .defaultsTo("")
            .doc("Class names of additional feature steps for executors; they run in the driver.")
            .build();
    public static final ConfigOption<String> EXECUTOR_POD_NAME_PREFIX = ConfigOption.string(
                    "spark.kubernetes.executor.podNamePrefix")
            .since("2.3.0")
            .readByDriver()
            .require(Rules::podNamePrefix, "It must be a DNS subdomain name of at most 237 characters.")
            .doc("Prefix of the executor pods' names; generated in the driver when unset.")
            .build();
    public static final ConfigOption<String> EXECUTOR_POD_TEMPLATE_CONTAINER_NAME = ConfigOption.string(
                    "spark.kubernetes.executor.podTemplateContainerName")
            .since("3.0.0")
            .readByDriver()
            .doc(
                    "Name of the container in the executor pod template that becomes Spark's; its exit code is the executor's.")
            .build();
    public static final ConfigOption<String> EXECUTOR_REQUEST_CORES = ConfigOption.string(
                    "spark.kubernetes.executor.request.cores")
            .since("2.4.0")
            .readByDriver()
            .doc("CPU request of the executors as a Kubernetes quantity; spark.executor.cores when unset.")
            .build();
    public static final ConfigOption<Duration> EXECUTOR_ROLL_INTERVAL = ConfigOption.seconds(
                    "spark.kubernetes.executor.rollInterval")
            .since("3.3.0")
            .readByDriver()
            .require(time -> !time.isNegative(), "It must not be negative.")
            .defaultsTo("0")
            .doc("How often one executor is replaced by a new one; 0 turns this off.")
            .build();
    public static final ConfigOption<String> EXECUTOR_ROLL_POLICY = ConfigOption.string(
                    "spark.kubernetes.executor.rollPolicy")
            .since("3.3.0")
            .readByDriver()
            .require(Rules::rollPolicy, "It must be one of: " + String.join(", ", Rules.ROLL_POLICIES) + ".")
            .defaultsTo("OUTLIER")
            .doc("Which executor is rolled first.")
            .build();
    public static final ConfigOption<String> EXECUTOR_SCHEDULER_NAME = ConfigOption.string(
                    "spark.kubernetes.executor.scheduler.name")
            .since("3.0.0")
            .readByDriver()
            .doc("Scheduler of the executor pods; overrides the common key.")
            .build();
    public static final ConfigOption<Duration> EXECUTOR_TERMINATION_GRACE_PERIOD_SECONDS = ConfigOption.seconds(
                    "spark.kubernetes.executor.terminationGracePeriodSeconds")
            .since("4.1.0")
            .readByDriver()
            .require(time -> !time.isNegative(), "It must not be negative.")
            .defaultsTo("30s")
            .doc("Termination grace period of the executor pods.")
            .build();
    public static final ConfigOption<Boolean> EXECUTOR_USE_DRIVER_POD_IP = ConfigOption.bool(
                    "spark.kubernetes.executor.useDriverPodIP")
            .since("4.1.0")
            .readByDriver()
            .defaultsTo("false")
            .doc(
                    "Whether executors reach the driver by its pod IP rather than its Service; the default is true in Spark 4.3.")
            .build();
    public static final ConfigOption<Duration> EXECUTOR_SNAPSHOTS_SUBSCRIBERS_SHUTDOWN_GRACE_PERIOD =
            ConfigOption.seconds("spark.kubernetes.executorSnapshotsSubscribersShutdownGracePeriod")
                    .since("3.4.0")
                    .readByDriver()
                    .require(Rules::positive, "It must be a positive time.")
                    .defaultsTo("20s")
                    .doc("How long the driver waits for the handlers of executor changes when it stops.")
                    .build();

    private DriverSideOptions() {}
}
