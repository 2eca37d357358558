package io.jenkins.plugins.sparkk8s.kubernetes;

/** Names that driver, executors and image agree on ({@code deploy/k8s/Constants.scala} of Spark). */
public final class Constants {
    public static final String SPARK_VERSION_LABEL = "spark-version";
    public static final String SPARK_APP_ID_LABEL = "spark-app-selector";
    public static final String SPARK_APP_NAME_LABEL = "spark-app-name";
    public static final String SPARK_ROLE_LABEL = "spark-role";
    public static final String SPARK_POD_DRIVER_ROLE = "driver";
    public static final String SPARK_POD_EXECUTOR_ROLE = "executor";
    public static final String SPARK_EXECUTOR_ID_LABEL = "spark-exec-id";
    public static final String SPARK_RESOURCE_PROFILE_ID_LABEL = "spark-exec-resourceprofile-id";
    public static final String SPARK_EXECUTOR_INACTIVE_LABEL = "spark-exec-inactive";

    /**
     * Our own label on every object of an application, with the application id as value; Spark labels only some.
     * By it a repeated submission and a clean-up recognise what belongs to the application.
     */
    public static final String OWN_APPLICATION_LABEL = "sparkk8s.jenkins.io/application-id";

    public static final String DRIVER_CREDENTIALS_VOLUME = "kubernetes-credentials";
    public static final String DRIVER_CREDENTIALS_DIR = "/mnt/secrets/spark-kubernetes-credentials";
    public static final String DRIVER_AUTH_PREFIX = "spark.kubernetes.authenticate.driver.";
    public static final String DRIVER_MOUNTED_AUTH_PREFIX = "spark.kubernetes.authenticate.driver.mounted.";
    public static final String SUBMISSION_AUTH_PREFIX = "spark.kubernetes.authenticate.submission.";

    public static final int DEFAULT_DRIVER_PORT = 7078;
    public static final int DEFAULT_BLOCK_MANAGER_PORT = 7079;
    public static final String DRIVER_PORT_NAME = "driver-rpc-port";
    public static final String BLOCK_MANAGER_PORT_NAME = "blockmanager";
    public static final String UI_PORT_NAME = "spark-ui";
    public static final String SPARK_CONNECT_PORT_NAME = "spark-connect";

    public static final String ENV_APPLICATION_ID = "SPARK_APPLICATION_ID";
    public static final String ENV_DRIVER_BIND_ADDRESS = "SPARK_DRIVER_BIND_ADDRESS";
    public static final String ENV_SPARK_USER = "SPARK_USER";
    public static final String ENV_SPARK_CONF_DIR = "SPARK_CONF_DIR";
    public static final String ENV_SPARK_LOCAL_DIRS = "SPARK_LOCAL_DIRS";
    public static final String ENV_PYSPARK_PYTHON = "PYSPARK_PYTHON";
    public static final String ENV_PYSPARK_DRIVER_PYTHON = "PYSPARK_DRIVER_PYTHON";
    public static final String ENV_HADOOP_CONF_DIR = "HADOOP_CONF_DIR";
    public static final String ENV_HADOOP_TOKEN_FILE_LOCATION = "HADOOP_TOKEN_FILE_LOCATION";

    public static final String SPARK_CONF_VOLUME_DRIVER = "spark-conf-volume-driver";
    public static final String SPARK_CONF_DIR_INTERNAL = "/opt/spark/conf";
    public static final String SPARK_CONF_FILE_NAME = "spark.properties";
    public static final String SPARK_CONF_PATH = SPARK_CONF_DIR_INTERNAL + "/" + SPARK_CONF_FILE_NAME;

    public static final String EXECUTOR_POD_TEMPLATE_FILE_NAME = "pod-spec-template.yml";
    public static final String EXECUTOR_POD_TEMPLATE_DIR = "/opt/spark/pod-template";
    public static final String POD_TEMPLATE_VOLUME = "pod-template-volume";
    public static final String POD_TEMPLATE_CONFIG_MAP_SUFFIX = "driver-podspec-conf-map";
    public static final String POD_TEMPLATE_KEY = "podspec-configmap-key";

    public static final String HADOOP_CONF_VOLUME = "hadoop-properties";
    public static final String HADOOP_CONF_DIR_PATH = "/opt/hadoop/conf";
    public static final String EXECUTOR_HADOOP_CONFIG_MAP_NAME = "spark.kubernetes.executor.hadoopConfigMapName";
    public static final String KRB5_VOLUME = "krb5-file";
    public static final String KRB5_FILE_NAME = "krb5.conf";
    public static final String KRB5_MOUNT_PATH = "/etc/krb5.conf";
    public static final String KEYTAB_VOLUME = "kerberos-keytab";
    public static final String KEYTAB_DIR = "/mnt/secrets/kerberos-keytab";
    public static final String TOKEN_VOLUME = "hadoop-secret";
    public static final String TOKEN_DIR = "/mnt/secrets/hadoop-credentials";

    public static final String LOCAL_DIR_VOLUME_PREFIX = "spark-local-dir-";

    public static final String DRIVER_CONTAINER_NAME = "spark-kubernetes-driver";
    public static final String EXECUTOR_CONTAINER_NAME = "spark-kubernetes-executor";

    public static final String DRIVER_LABEL_PREFIX = "spark.kubernetes.driver.label.";
    public static final String DRIVER_ANNOTATION_PREFIX = "spark.kubernetes.driver.annotation.";
    public static final String DRIVER_SERVICE_LABEL_PREFIX = "spark.kubernetes.driver.service.label.";
    public static final String DRIVER_SERVICE_ANNOTATION_PREFIX = "spark.kubernetes.driver.service.annotation.";
    public static final String DRIVER_SECRETS_PREFIX = "spark.kubernetes.driver.secrets.";
    public static final String DRIVER_SECRET_KEY_REF_PREFIX = "spark.kubernetes.driver.secretKeyRef.";
    public static final String DRIVER_ENV_PREFIX = "spark.kubernetes.driverEnv.";
    public static final String DRIVER_VOLUMES_PREFIX = "spark.kubernetes.driver.volumes.";
    public static final String EXECUTOR_VOLUMES_PREFIX = "spark.kubernetes.executor.volumes.";
    public static final String EXECUTOR_LABEL_PREFIX = "spark.kubernetes.executor.label.";
    public static final String EXECUTOR_ANNOTATION_PREFIX = "spark.kubernetes.executor.annotation.";
    public static final String EXECUTOR_NODE_SELECTOR_PREFIX = "spark.kubernetes.executor.node.selector.";
    public static final String EXECUTOR_SECRETS_PREFIX = "spark.kubernetes.executor.secrets.";
    public static final String EXECUTOR_ENV_PREFIX = "spark.executorEnv.";
    public static final String EXECUTOR_SECRET_KEY_REF_PREFIX = "spark.kubernetes.executor.secretKeyRef.";
    public static final String NODE_SELECTOR_PREFIX = "spark.kubernetes.node.selector.";
    public static final String DRIVER_NODE_SELECTOR_PREFIX = "spark.kubernetes.driver.node.selector.";
    public static final String POD_GROUP_TEMPLATE_FILE = "spark.kubernetes.scheduler.volcano.podGroupTemplateFile";
    public static final String POD_GROUP_TEMPLATE_JSON = "spark.kubernetes.scheduler.volcano.podGroupTemplateJson";
    public static final String DRIVER_RESOURCE_PREFIX = "spark.driver.resource.";
    public static final String EXECUTOR_RESOURCE_PREFIX = "spark.executor.resource.";

    /** The longest DNS label: a Service name, a label value. */
    public static final int DNS_LABEL_MAX_LENGTH = 63;

    /** The longest DNS subdomain: the name of most objects. */
    public static final int DNS_SUBDOMAIN_MAX_LENGTH = 253;

    private Constants() {}
}
