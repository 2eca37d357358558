package io.jenkins.plugins.sparkk8s.conf;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Keys under {@code spark.kubernetes.} that the submitter reads or writes ({@code deploy/k8s/Config.scala} of Spark). */
public final class KubernetesOptions {
    public static final ConfigOption<Duration> APP_KILL_POD_DELETION_GRACE_PERIOD = ConfigOption.seconds(
                    "spark.kubernetes.appKillPodDeletionGracePeriod")
            .since("3.0.0")
            .doc("Grace period of the driver pod when an application is killed with --kill.")
            .build();
    public static final ConfigOption<String> AUTHENTICATE_DRIVER_SERVICE_ACCOUNT_NAME = ConfigOption.string(
                    "spark.kubernetes.authenticate.driver.serviceAccountName")
            .since("2.3.0")
            .doc(
                    "Service account of the driver pod; executors use it too unless they have their own. Not applied when driver credentials are given.")
            .build();
    public static final ConfigOption<Long> CONFIG_MAP_MAX_SIZE = ConfigOption.longInteger(
                    "spark.kubernetes.configMap.maxSize")
            .since("3.1.0")
            .require(size -> size <= 1048576, "It must be at most 1048576 bytes.")
            .defaultsTo("1048576")
            .doc(
                    "Maximum size in bytes of the files of SPARK_CONF_DIR that are sent in the driver ConfigMap, for each file and in total.")
            .build();
    public static final ConfigOption<String> CONTAINER_IMAGE = ConfigOption.string("spark.kubernetes.container.image")
            .since("2.3.0")
            .doc("Image of driver and executors; {{SPARK_VERSION}} in it is replaced.")
            .build();
    public static final ConfigOption<String> CONTAINER_IMAGE_PULL_POLICY = ConfigOption.string(
                    "spark.kubernetes.container.image.pullPolicy")
            .since("2.3.0")
            .oneOf("Always", "Never", "IfNotPresent")
            .defaultsTo("IfNotPresent")
            .doc("Image pull policy of driver and executors.")
            .build();
    public static final ConfigOption<List<String>> CONTAINER_IMAGE_PULL_SECRETS = ConfigOption.list(
                    "spark.kubernetes.container.image.pullSecrets")
            .since("2.4.0")
            .defaultsTo("")
            .doc("Names of the Secrets to pull the image with, added to those of the pod template.")
            .build();
    public static final ConfigOption<String> CONTEXT = ConfigOption.string("spark.kubernetes.context")
            .since("3.0.0")
            .doc("Context of the kubeconfig to take connection settings from; empty means the current one.")
            .build();
    public static final ConfigOption<String> DRIVER_CONTAINER_IMAGE = ConfigOption.string(
                    "spark.kubernetes.driver.container.image")
            .since("2.3.0")
            .fallsBackTo(KubernetesOptions.CONTAINER_IMAGE)
            .doc("Image of the driver alone.")
            .build();
    public static final ConfigOption<String> DRIVER_LIMIT_CORES = ConfigOption.string(
                    "spark.kubernetes.driver.limit.cores")
            .since("2.3.0")
            .doc("CPU limit of the driver container; none when unset.")
            .build();
    public static final ConfigOption<List<String>> DRIVER_POD_EXCLUDED_FEATURE_STEPS = ConfigOption.list(
                    "spark.kubernetes.driver.pod.excludedFeatureSteps")
            .since("4.1.0")
            .defaultsTo("")
            .doc("Class names of the feature steps to leave out for the driver.")
            .build();
    public static final ConfigOption<List<String>> DRIVER_POD_FEATURE_STEPS = ConfigOption.list(
                    "spark.kubernetes.driver.pod.featureSteps")
            .since("3.2.0")
            .defaultsTo("")
            .doc(
                    "Class names of additional feature steps for the driver; Spark's own classes cannot be run by this submitter.")
            .build();
    public static final ConfigOption<String> DRIVER_POD_NAME = ConfigOption.string("spark.kubernetes.driver.pod.name")
            .since("2.3.0")
            .doc("Name of the driver pod; generated from the application name when unset.")
            .build();
    public static final ConfigOption<String> DRIVER_POD_TEMPLATE_CONTAINER_NAME = ConfigOption.string(
                    "spark.kubernetes.driver.podTemplateContainerName")
            .since("3.0.0")
            .doc("Name of the container in the driver pod template that becomes Spark's.")
            .build();
    public static final ConfigOption<String> DRIVER_POD_TEMPLATE_FILE = ConfigOption.string(
                    "spark.kubernetes.driver.podTemplateFile")
            .since("3.0.0")
            .doc("Pod template of the driver, a local file or a path on a Hadoop file system.")
            .build();
    public static final ConfigOption<String> DRIVER_REQUEST_CORES = ConfigOption.string(
                    "spark.kubernetes.driver.request.cores")
            .since("3.0.0")
            .doc("CPU request of the driver as a Kubernetes quantity; spark.driver.cores when unset.")
            .build();
    public static final ConfigOption<String> DRIVER_RESOURCE_NAME_PREFIX = ConfigOption.string(
                    "spark.kubernetes.driver.resourceNamePrefix")
            .since("3.0.0")
            .doc("Prefix of the names of the driver's objects; Spark uses it in its own tests only.")
            .build();
    public static final ConfigOption<String> DRIVER_SCHEDULER_NAME = ConfigOption.string(
                    "spark.kubernetes.driver.scheduler.name")
            .since("3.3.0")
            .doc("Scheduler of the driver pod; overrides the common key.")
            .build();
    public static final ConfigOption<String> DRIVER_SERVICE_IP_FAMILIES = ConfigOption.string(
                    "spark.kubernetes.driver.service.ipFamilies")
            .since("3.4.0")
            .oneOf("IPv4", "IPv6", "IPv4,IPv6", "IPv6,IPv4")
            .defaultsTo("IPv4")
            .doc("IP families of the driver Service.")
            .build();
    public static final ConfigOption<String> DRIVER_SERVICE_IP_FAMILY_POLICY = ConfigOption.string(
                    "spark.kubernetes.driver.service.ipFamilyPolicy")
            .since("3.4.0")
            .oneOf("SingleStack", "PreferDualStack", "RequireDualStack")
            .defaultsTo("SingleStack")
            .doc("IP family policy of the driver Service.")
            .build();
    public static final ConfigOption<String> EXECUTOR_POD_TEMPLATE_FILE = ConfigOption.string(
                    "spark.kubernetes.executor.podTemplateFile")
            .since("3.0.0")
            .doc("Pod template of the executors; sent to the driver in a ConfigMap.")
            .build();
    public static final ConfigOption<String> FILE_UPLOAD_PATH = ConfigOption.string("spark.kubernetes.file.upload.path")
            .since("3.0.0")
            .doc(
                    "Folder on a Hadoop-compatible file system that local files are uploaded to; required once there is one.")
            .build();
    public static final ConfigOption<String> HADOOP_CONFIG_MAP_NAME = ConfigOption.string(
                    "spark.kubernetes.hadoop.configMapName")
            .since("3.0.0")
            .doc("Existing ConfigMap with the Hadoop configuration; not together with HADOOP_CONF_DIR.")
            .build();
    public static final ConfigOption<String> KERBEROS_KRB5_CONFIG_MAP_NAME = ConfigOption.string(
                    "spark.kubernetes.kerberos.krb5.configMapName")
            .since("3.0.0")
            .doc("Existing ConfigMap with a krb5.conf.")
            .build();
    public static final ConfigOption<String> KERBEROS_KRB5_PATH = ConfigOption.string(
                    "spark.kubernetes.kerberos.krb5.path")
            .since("3.0.0")
            .doc("Local krb5.conf, sent in a ConfigMap.")
            .build();
    public static final ConfigOption<String> KERBEROS_TOKEN_SECRET_ITEM_KEY = ConfigOption.string(
                    "spark.kubernetes.kerberos.tokenSecret.itemKey")
            .since("3.0.0")
            .doc("Key of the delegation tokens in the token Secret.")
            .build();
    public static final ConfigOption<String> KERBEROS_TOKEN_SECRET_NAME = ConfigOption.string(
                    "spark.kubernetes.kerberos.tokenSecret.name")
            .since("3.0.0")
            .doc("Existing Secret with delegation tokens.")
            .build();
    public static final ConfigOption<Boolean> LEGACY_USE_READ_WRITE_ONCE_ACCESS_MODE = ConfigOption.bool(
                    "spark.kubernetes.legacy.useReadWriteOnceAccessMode")
            .since("3.4.3")
            .defaultsTo("false")
            .doc("Access mode ReadWriteOnce instead of ReadWriteOncePod for claims made on demand.")
            .build();
    public static final ConfigOption<Boolean> LOCAL_DIRS_TMPFS = ConfigOption.bool("spark.kubernetes.local.dirs.tmpfs")
            .since("3.0.0")
            .defaultsTo("false")
            .doc("Keep the generated local directories in memory.")
            .build();
    public static final ConfigOption<Double> MEMORY_OVERHEAD_FACTOR = ConfigOption.decimal(
                    "spark.kubernetes.memoryOverheadFactor")
            .since("2.4.0")
            .require(factor -> factor >= 0, "It must not be negative.")
            .defaultsTo("0.1")
            .doc(
                    "Share of the memory added for non-heap use; 0.4 for Python and R when unset. Written back with its final value.")
            .build();
    public static final ConfigOption<String> NAMESPACE = ConfigOption.string("spark.kubernetes.namespace")
            .since("2.3.0")
            .defaultsTo("default")
            .doc("Namespace of every object of the application.")
            .require(
                    Rules::dnsLabel,
                    "It must have at most 63 lower-case letters, digits and '-', and begin and end with a letter or digit.")
            .build();
    public static final ConfigOption<Duration> REPORT_INTERVAL = ConfigOption.millis("spark.kubernetes.report.interval")
            .since("2.3.0")
            .require(Rules::positive, "It must be a positive time.")
            .defaultsTo("1s")
            .doc("How often the status is checked while waiting for the application.")
            .build();
    public static final ConfigOption<String> RESOURCE_TYPE = ConfigOption.string("spark.kubernetes.resource.type")
            .since("2.4.1")
            .writtenBySubmitter()
            .oneOf("java", "python", "r")
            .doc("Kind of the main resource: java, python or r.")
            .build();
    public static final ConfigOption<String> SCHEDULER_NAME = ConfigOption.string("spark.kubernetes.scheduler.name")
            .since("3.3.0")
            .doc("Scheduler of driver and executor pods.")
            .build();
    public static final ConfigOption<Integer> SUBMISSION_CONNECTION_TIMEOUT = ConfigOption.integer(
                    "spark.kubernetes.submission.connectionTimeout")
            .since("3.0.0")
            .defaultsTo("10000")
            .doc("Connection timeout of the submitter's API client, in milliseconds.")
            .build();
    public static final ConfigOption<Integer> SUBMISSION_REQUEST_TIMEOUT = ConfigOption.integer(
                    "spark.kubernetes.submission.requestTimeout")
            .since("3.0.0")
            .defaultsTo("10000")
            .doc("Request timeout of the submitter's API client, in milliseconds.")
            .build();
    public static final ConfigOption<Boolean> SUBMISSION_WAIT_APP_COMPLETION = ConfigOption.bool(
                    "spark.kubernetes.submission.waitAppCompletion")
            .since("2.3.0")
            .defaultsTo("true")
            .doc("Whether to wait until the application ends.")
            .build();
    public static final ConfigOption<Boolean> SUBMIT_IN_DRIVER = ConfigOption.bool("spark.kubernetes.submitInDriver")
            .since("2.4.0")
            .writtenBySubmitter()
            .defaultsTo("false")
            .doc("Marks the spark-submit in the driver pod as the driver of cluster mode.")
            .build();
    public static final ConfigOption<Boolean> TRUST_CERTIFICATES = ConfigOption.bool(
                    "spark.kubernetes.trust.certificates")
            .since("3.2.0")
            .defaultsTo("false")
            .doc("Skip the verification of the API server's certificate.")
            .build();
    public static final ConfigOption<String> SUBMIT_SPARK_VERSION = ConfigOption.string(
                    "spark.kubernetes.submit.sparkVersion")
            .defaultsTo("4.2.0")
            .doc(
                    "Spark version of the image; labels, ports, objects and defaults follow it. When unset, the tag of an image named spark, spark-py, spark-r, pyspark or sparkr names it, such as spark:4.1.1-java21. A key of this submitter, not of Spark.")
            .build();

    public static final ConfigOption<Duration> SUBMIT_START_TIMEOUT = ConfigOption.millis(
                    "spark.kubernetes.submit.startTimeout")
            .require(time -> !time.isNegative(), "It must not be negative.")
            .defaultsTo("10m")
            .doc(
                    "How long the driver pod may be without a running driver before the application counts as never started; 0 means no limit. A key of this submitter, not of Spark.")
            .build();

    public static final ConfigOption<Boolean> SUBMIT_DELETE_UPLOADS = ConfigOption.bool(
                    "spark.kubernetes.submit.deleteUploads")
            .defaultsTo("true")
            .doc(
                    "Whether uploaded files are removed when the application has ended. A key of this submitter, not of Spark.")
            .build();

    public static final ConfigOption<String> SUBMIT_FOLLOW_DRIVER_LOG = ConfigOption.string(
                    "spark.kubernetes.submit.followDriverLog")
            .require(
                    text -> DriverLogMode.find(text).isPresent(),
                    "It must be all, progress (warnings and errors only) or none.")
            .defaultsTo("all")
            .doc(
                    "How much of the driver's log is shown while waiting: all, progress (its warnings and errors only) or none; true and false stand for all and none. A key of this submitter, not of Spark.")
            .build();

    public static final ConfigOption<Boolean> SUBMIT_PROGRESS = ConfigOption.bool("spark.kubernetes.submit.progress")
            .defaultsTo("true")
            .doc(
                    "Whether the progress of jobs and stages is read from the driver's REST API while waiting; needs the right to get pods/proxy. A key of this submitter, not of Spark.")
            .build();

    public static final ConfigOption<Boolean> SUBMIT_SECRETS_IN_SECRET = ConfigOption.bool(
                    "spark.kubernetes.submit.secretsInSecret")
            .defaultsTo("false")
            .doc(
                    "Whether spark.properties is sent in a Secret also when no key is marked as secret, so that no value of a key that matches spark.redaction.regex is in a ConfigMap. A key of this submitter, not of Spark.")
            .build();

    public static final ConfigOption<Boolean> SUBMIT_PREFLIGHT = ConfigOption.bool("spark.kubernetes.submit.preflight")
            .defaultsTo("true")
            .doc(
                    "Whether the objects that the configuration names, and the permissions of submitter and driver, are checked in the cluster before anything is uploaded or created. A key of this submitter, not of Spark.")
            .build();

    /** Where uploaded files go: {@code content} or {@code spark}. */
    public static final ConfigOption<String> SUBMIT_UPLOADS = ConfigOption.string("spark.kubernetes.submit.uploads")
            .oneOf("content", "spark")
            .defaultsTo("content")
            .doc(
                    "Layout of the upload path. content: a folder named after a file's content, which applications share, so that the same file is sent once; spark: new folders for each application, removed with it. A key of this submitter, not of Spark.")
            .build();

    public static final ConfigOption<Duration> SUBMIT_UPLOAD_RETENTION = ConfigOption.seconds(
                    "spark.kubernetes.submit.uploadRetention")
            .defaultsTo("1d")
            .doc(
                    "How long a shared uploaded file is kept after its upload although no application uses it, so that the next one finds it. A key of this submitter, not of Spark.")
            .build();

    /** Empty for no end. */
    public static final ConfigOption<Optional<Duration>> SUBMIT_RETAIN_SUCCEEDED =
            retention("spark.kubernetes.submit.retainSucceeded", "1d", "succeeded");

    /** Empty for no end. */
    public static final ConfigOption<Optional<Duration>> SUBMIT_RETAIN_FAILED =
            retention("spark.kubernetes.submit.retainFailed", "7d", "failed");

    private static ConfigOption<Optional<Duration>> retention(String key, String time, String end) {
        return ConfigOption.secondsOrNever(key, "forever")
                .require(value -> value.filter(Duration::isNegative).isEmpty(), "It must not be negative.")
                .defaultsTo(time)
                .doc(
                        "How long Jenkins keeps the driver pod, and what it owns, of an application that %s; 0 removes it at once, forever keeps it. Not carried out by the command. A key of this submitter, not of Spark."
                                .formatted(end))
                .build();
    }

    private KubernetesOptions() {}
}
