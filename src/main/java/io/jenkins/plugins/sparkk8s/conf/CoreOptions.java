package io.jenkins.plugins.sparkk8s.conf;

import java.time.Duration;
import java.util.List;

/** Keys outside {@code spark.kubernetes.} that the submitter reads ({@code org.apache.spark.internal.config} of Spark). */
public final class CoreOptions {
    private static final String POSITIVE_SIZE = "It must be a positive size such as 512m or 4g.";
    private static final String POSITIVE_NUMBER = "It must be a positive whole number.";

    public static final ConfigOption<String> MASTER = ConfigOption.string("spark.master")
            .since("0.8.0")
            .doc("The cluster: k8s:// and the URL of the API server.")
            .build();
    public static final ConfigOption<String> DEPLOY_MODE = ConfigOption.string("spark.submit.deployMode")
            .since("1.5.0")
            .doc("Where the driver runs; only cluster is supported.")
            .build();
    public static final ConfigOption<String> APP_NAME = ConfigOption.string("spark.app.name")
            .since("0.9.0")
            .doc("Name of the application; names of objects are made from it.")
            .build();
    public static final ConfigOption<String> APP_ID = ConfigOption.string("spark.app.id")
            .since("1.4.0")
            .writtenBySubmitter()
            .doc("Identity of the application.")
            .build();
    public static final ConfigOption<String> SUBMIT_TIME = ConfigOption.string("spark.app.submitTime")
            .since("3.1.0")
            .writtenBySubmitter()
            .doc("When the application was submitted, in milliseconds since 1970.")
            .build();
    public static final ConfigOption<List<String>> JARS = ConfigOption.list("spark.jars")
            .since("0.9.0")
            .defaultsTo("")
            .doc("Jars for driver and executors.")
            .build();
    public static final ConfigOption<List<String>> FILES = ConfigOption.list("spark.files")
            .since("1.0.0")
            .defaultsTo("")
            .doc("Files for the working directory of driver and executors.")
            .build();
    public static final ConfigOption<List<String>> ARCHIVES = ConfigOption.list("spark.archives")
            .since("3.1.0")
            .defaultsTo("")
            .doc("Archives that are unpacked in the working directory; #name gives the folder's name.")
            .build();
    public static final ConfigOption<List<String>> PY_FILES = ConfigOption.list("spark.submit.pyFiles")
            .since("1.0.1")
            .defaultsTo("")
            .doc("Python files, zips and eggs for the Python path.")
            .build();
    public static final ConfigOption<Integer> DRIVER_CORES = ConfigOption.strictInteger("spark.driver.cores")
            .since("1.3.0")
            .require(Rules::positive, POSITIVE_NUMBER)
            .defaultsTo("1")
            .doc("CPUs of the driver.")
            .build();
    public static final ConfigOption<Long> DRIVER_MEMORY = ConfigOption.mebibytes("spark.driver.memory")
            .since("1.1.1")
            .require(size -> size > 0, POSITIVE_SIZE)
            .defaultsTo("1g")
            .doc("Heap of the driver.")
            .build();
    public static final ConfigOption<Long> DRIVER_MEMORY_OVERHEAD = ConfigOption.mebibytes(
                    "spark.driver.memoryOverhead")
            .since("2.3.0")
            .doc("Memory of the driver in addition to the heap; overrides the factor.")
            .build();
    public static final ConfigOption<Long> DRIVER_MIN_MEMORY_OVERHEAD = ConfigOption.mebibytes(
                    "spark.driver.minMemoryOverhead")
            .since("4.0.0")
            .defaultsTo("384m")
            .doc("Minimum memory of the driver in addition to the heap.")
            .build();
    public static final ConfigOption<Double> DRIVER_MEMORY_OVERHEAD_FACTOR = ConfigOption.decimal(
                    "spark.driver.memoryOverheadFactor")
            .since("3.3.0")
            .require(factor -> factor > 0, "It must be greater than 0.")
            .doc(
                    "Share of the heap added as overhead of the driver; overrides spark.kubernetes.memoryOverheadFactor when set.")
            .build();
    public static final ConfigOption<Integer> DRIVER_PORT = ConfigOption.strictInteger("spark.driver.port")
            .since("0.7.0")
            .defaultsTo("7078")
            .doc("Port of the driver's RPC endpoint.")
            .build();
    public static final ConfigOption<Integer> DRIVER_BLOCK_MANAGER_PORT = ConfigOption.strictInteger(
                    "spark.driver.blockManager.port")
            .since("2.1.0")
            .doc("Port of the driver's block manager.")
            .build();
    public static final ConfigOption<Integer> BLOCK_MANAGER_PORT = ConfigOption.strictInteger("spark.blockManager.port")
            .since("1.1.0")
            .doc("Port of all block managers.")
            .build();
    public static final ConfigOption<Integer> UI_PORT = ConfigOption.integer("spark.ui.port")
            .since("0.7.0")
            .defaultsTo("4040")
            .doc("Port of the Spark UI.")
            .build();
    public static final ConfigOption<Boolean> UI_ENABLED = ConfigOption.bool("spark.ui.enabled")
            .since("1.1.1")
            .defaultsTo("true")
            .doc("Whether the driver serves the Spark UI and its REST API, from which progress is read.")
            .build();
    public static final ConfigOption<Boolean> EVENT_LOG_ENABLED = ConfigOption.bool("spark.eventLog.enabled")
            .since("1.0.0")
            .defaultsTo("false")
            .doc(
                    "Whether the driver writes an event log, from which the figures of an application that has ended are read.")
            .build();
    public static final ConfigOption<String> EVENT_LOG_DIR = ConfigOption.string("spark.eventLog.dir")
            .since("1.0.0")
            .defaultsTo("/tmp/spark-events")
            .doc("Folder of event logs.")
            .build();
    public static final ConfigOption<Integer> CONNECT_PORT = ConfigOption.strictInteger(
                    "spark.connect.grpc.binding.port")
            .since("3.4.0")
            .defaultsTo("15002")
            .doc("Port of Spark Connect.")
            .build();
    public static final ConfigOption<String> DRIVER_HOST = ConfigOption.string("spark.driver.host")
            .since("0.7.0")
            .writtenBySubmitter()
            .doc("Host name of the driver: its Service. A value set by the user is ignored.")
            .build();
    public static final ConfigOption<String> DRIVER_BIND_ADDRESS = ConfigOption.string("spark.driver.bindAddress")
            .since("2.1.0")
            .doc("Not supported on Kubernetes: the driver binds to its pod's address.")
            .build();
    public static final ConfigOption<String> LOCAL_DIR = ConfigOption.string("spark.local.dir")
            .since("0.5.0")
            .doc("Comma-separated scratch directories in the pods.")
            .build();
    public static final ConfigOption<String> SPARK_HOME = ConfigOption.string("spark.home")
            .since("0.7.0")
            .doc("Spark installation of the submitter, whose conf/ is used without SPARK_CONF_DIR.")
            .build();
    public static final ConfigOption<String> PYSPARK_PYTHON = ConfigOption.string("spark.pyspark.python")
            .since("2.1.0")
            .doc("Python of driver and executors.")
            .build();
    public static final ConfigOption<String> PYSPARK_DRIVER_PYTHON = ConfigOption.string("spark.pyspark.driver.python")
            .since("2.1.0")
            .doc("Python of the driver.")
            .build();
    public static final ConfigOption<String> KEYTAB = ConfigOption.string("spark.kerberos.keytab")
            .since("3.0.0")
            .doc("Keytab of the principal; a local file is sent in a Secret.")
            .build();
    public static final ConfigOption<String> PRINCIPAL = ConfigOption.string("spark.kerberos.principal")
            .since("3.0.0")
            .doc("Kerberos principal of the application.")
            .build();
    public static final ConfigOption<String> REDACTION_REGEX = ConfigOption.string("spark.redaction.regex")
            .since("2.1.2")
            .defaultsTo(Redaction.DEFAULT_REGEX)
            .doc("Regular expression of keys whose values are secret and not shown.")
            .build();
    public static final ConfigOption<Long> EXECUTOR_MEMORY = ConfigOption.mebibytes("spark.executor.memory")
            .since("0.7.0")
            .require(size -> size > 0, POSITIVE_SIZE)
            .defaultsTo("1g")
            .doc("Heap of an executor.")
            .build();
    public static final ConfigOption<Integer> EXECUTOR_CORES = ConfigOption.strictInteger("spark.executor.cores")
            .since("1.0.0")
            .require(Rules::positive, POSITIVE_NUMBER)
            .defaultsTo("1")
            .doc("Tasks that an executor runs at a time.")
            .build();
    public static final ConfigOption<Integer> TASK_CPUS = ConfigOption.integer("spark.task.cpus")
            .since("0.5.0")
            .readByDriver()
            .defaultsTo("1")
            .doc("CPUs of a task; must be positive, which Spark checks since 4.2.")
            .build();
    public static final ConfigOption<Integer> EXECUTOR_INSTANCES = ConfigOption.strictInteger(
                    "spark.executor.instances")
            .since("1.0.0")
            .readByDriver()
            .defaultsTo("2")
            .doc("Number of executors without dynamic allocation.")
            .build();
    public static final ConfigOption<Boolean> DYNAMIC_ALLOCATION = ConfigOption.bool("spark.dynamicAllocation.enabled")
            .since("1.2.0")
            .readByDriver()
            .defaultsTo("false")
            .doc("Whether the number of executors follows the load.")
            .build();
    public static final ConfigOption<Integer> MIN_EXECUTORS = ConfigOption.integer(
                    "spark.dynamicAllocation.minExecutors")
            .since("1.2.0")
            .readByDriver()
            .defaultsTo("0")
            .doc("Minimum number of executors with dynamic allocation.")
            .build();
    public static final ConfigOption<Integer> MAX_EXECUTORS = ConfigOption.integer(
                    "spark.dynamicAllocation.maxExecutors")
            .since("1.2.0")
            .readByDriver()
            .defaultsTo("2147483647")
            .doc("Maximum number of executors with dynamic allocation.")
            .build();
    public static final ConfigOption<Integer> INITIAL_EXECUTORS = ConfigOption.integer(
                    "spark.dynamicAllocation.initialExecutors")
            .since("1.3.0")
            .readByDriver()
            .fallsBackTo(MIN_EXECUTORS)
            .doc("Initial number of executors with dynamic allocation.")
            .build();
    public static final ConfigOption<Integer> MAX_EXECUTOR_FAILURES = ConfigOption.integer(
                    "spark.executor.maxNumFailures")
            .since("3.5.0")
            .readByDriver()
            .doc(
                    "Number of failed executors after which the application fails; unset: twice the executors, at least 3.")
            .build();

    public static final ConfigOption<Duration> EXECUTOR_FAILURES_VALIDITY_INTERVAL = ConfigOption.millis(
                    "spark.executor.failuresValidityInterval")
            .since("3.5.0")
            .readByDriver()
            .doc("Time after which a failed executor is no longer counted; unset: no limit.")
            .build();
    public static final ConfigOption<Long> EXECUTOR_MEMORY_OVERHEAD = ConfigOption.mebibytes(
                    "spark.executor.memoryOverhead")
            .since("2.3.0")
            .readByDriver()
            .doc("Memory of an executor in addition to the heap; overrides the factor.")
            .build();
    public static final ConfigOption<Double> EXECUTOR_MEMORY_OVERHEAD_FACTOR = ConfigOption.decimal(
                    "spark.executor.memoryOverheadFactor")
            .since("3.3.0")
            .readByDriver()
            .require(factor -> factor > 0, "It must be greater than 0.")
            .doc(
                    "Share of the heap added as overhead of an executor; overrides spark.kubernetes.memoryOverheadFactor when set.")
            .build();
    public static final ConfigOption<Long> EXECUTOR_MIN_MEMORY_OVERHEAD = ConfigOption.mebibytes(
                    "spark.executor.minMemoryOverhead")
            .since("4.0.0")
            .readByDriver()
            .defaultsTo("384m")
            .doc("Minimum memory of an executor in addition to the heap.")
            .build();
    public static final ConfigOption<Long> EXECUTOR_PYSPARK_MEMORY = ConfigOption.mebibytes(
                    "spark.executor.pyspark.memory")
            .since("2.4.0")
            .readByDriver()
            .doc("Memory of an executor for Python, besides heap and overhead.")
            .build();
    public static final ConfigOption<Boolean> OFF_HEAP = ConfigOption.bool("spark.memory.offHeap.enabled")
            .since("1.6.0")
            .readByDriver()
            .defaultsTo("false")
            .doc("Whether executors use memory outside the heap; it is added to that of their pods.")
            .build();
    public static final ConfigOption<Long> OFF_HEAP_SIZE = ConfigOption.bytes("spark.memory.offHeap.size")
            .since("1.6.0")
            .readByDriver()
            .defaultsTo("0")
            .doc("Memory outside the heap; must be set when it is used.")
            .build();
    public static final ConfigOption<Duration> EXECUTOR_IDLE_TIMEOUT = ConfigOption.seconds(
                    "spark.dynamicAllocation.executorIdleTimeout")
            .since("1.2.0")
            .readByDriver()
            .require(time -> !time.isNegative(), "It must not be negative.")
            .defaultsTo("60s")
            .doc("How long an executor may be idle before it is removed.")
            .build();
    public static final ConfigOption<Duration> CACHED_EXECUTOR_IDLE_TIMEOUT = ConfigOption.seconds(
                    "spark.dynamicAllocation.cachedExecutorIdleTimeout")
            .since("1.4.0")
            .readByDriver()
            .require(time -> !time.isNegative(), "It must not be negative.")
            .doc("As executorIdleTimeout, for an executor that holds cached data; unset: no limit.")
            .build();
    public static final ConfigOption<Duration> SHUFFLE_TRACKING_TIMEOUT = ConfigOption.millis(
                    "spark.dynamicAllocation.shuffleTracking.timeout")
            .since("3.0.0")
            .readByDriver()
            .require(time -> !time.isNegative(), "It must not be negative.")
            .doc("As executorIdleTimeout, for an executor that holds shuffle data; unset: no limit.")
            .build();

    public static final ConfigOption<Boolean> SHUFFLE_TRACKING = ConfigOption.bool(
                    "spark.dynamicAllocation.shuffleTracking.enabled")
            .since("3.0.0")
            .readByDriver()
            .defaultsTo("true")
            .doc("Whether executors with shuffle data are kept; what makes dynamic allocation possible on Kubernetes.")
            .build();
    public static final ConfigOption<Boolean> SHUFFLE_SERVICE = ConfigOption.bool("spark.shuffle.service.enabled")
            .since("1.2.0")
            .readByDriver()
            .defaultsTo("false")
            .doc("Whether an external shuffle service keeps the shuffle data of lost executors.")
            .build();
    public static final ConfigOption<Boolean> DECOMMISSION = ConfigOption.bool("spark.decommission.enabled")
            .since("3.1.0")
            .readByDriver()
            .defaultsTo("false")
            .doc("Whether executors are decommissioned rather than killed.")
            .build();
    public static final ConfigOption<Boolean> DECOMMISSION_SHUFFLE_BLOCKS = ConfigOption.bool(
                    "spark.storage.decommission.shuffleBlocks.enabled")
            .since("3.1.0")
            .readByDriver()
            .defaultsTo("true")
            .doc("Whether a decommissioned executor hands its shuffle blocks over.")
            .build();
    public static final ConfigOption<String> SHUFFLE_IO_PLUGIN = ConfigOption.string(
                    "spark.shuffle.sort.io.plugin.class")
            .since("3.0.0")
            .readByDriver()
            .doc("Class that stores shuffle data.")
            .build();
    public static final ConfigOption<Duration> BACKLOG_TIMEOUT = ConfigOption.seconds(
                    "spark.dynamicAllocation.schedulerBacklogTimeout")
            .since("1.2.0")
            .readByDriver()
            .defaultsTo("1s")
            .doc("How long tasks wait before executors are added.")
            .build();
    public static final ConfigOption<Duration> SUSTAINED_BACKLOG_TIMEOUT = ConfigOption.seconds(
                    "spark.dynamicAllocation.sustainedSchedulerBacklogTimeout")
            .since("1.2.0")
            .readByDriver()
            .fallsBackTo(BACKLOG_TIMEOUT)
            .doc("As schedulerBacklogTimeout, for further executors.")
            .build();
    public static final ConfigOption<Double> EXECUTOR_ALLOCATION_RATIO = ConfigOption.decimal(
                    "spark.dynamicAllocation.executorAllocationRatio")
            .since("2.4.0")
            .readByDriver()
            .defaultsTo("1.0")
            .doc("Share of the executors that full parallelism would take.")
            .build();

    /** The lists of files whose local entries are uploaded, in Spark's order. */
    public static final List<ConfigOption<List<String>>> FILE_LISTS = List.of(JARS, FILES, ARCHIVES, PY_FILES);

    private CoreOptions() {}
}
