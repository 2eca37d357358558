package io.jenkins.plugins.sparkk8s.jenkins.model;

import hudson.util.FormValidation;
import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SecurityOptions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of the step that stand for one key of Spark each. The one table of both: what an argument sets, which rule its
 * form checks, which key its help names, and which argument a form suggests for a key.
 */
public enum SparkArgument {
    NAME("name", CoreOptions.APP_NAME),
    NAMESPACE("namespace", KubernetesOptions.NAMESPACE),
    IMAGE("image", KubernetesOptions.CONTAINER_IMAGE),
    SERVICE_ACCOUNT("serviceAccount", KubernetesOptions.AUTHENTICATE_DRIVER_SERVICE_ACCOUNT_NAME),
    UPLOAD_PATH("uploadPath", KubernetesOptions.FILE_UPLOAD_PATH),
    DRIVER_POD_TEMPLATE("driverPodTemplate", KubernetesOptions.DRIVER_POD_TEMPLATE_FILE),
    EXECUTOR_POD_TEMPLATE("executorPodTemplate", KubernetesOptions.EXECUTOR_POD_TEMPLATE_FILE),
    JARS("jars", CoreOptions.JARS),
    FILES("files", CoreOptions.FILES),
    ARCHIVES("archives", CoreOptions.ARCHIVES),
    PY_FILES("pyFiles", CoreOptions.PY_FILES),
    SPARK_VERSION("sparkVersion", KubernetesOptions.SUBMIT_SPARK_VERSION),
    START_TIMEOUT("startTimeout", KubernetesOptions.SUBMIT_START_TIMEOUT),
    DELETE_UPLOADS("deleteUploads", KubernetesOptions.SUBMIT_DELETE_UPLOADS),
    RETAIN_SUCCEEDED("retainSucceeded", KubernetesOptions.SUBMIT_RETAIN_SUCCEEDED),
    RETAIN_FAILED("retainFailed", KubernetesOptions.SUBMIT_RETAIN_FAILED),
    RESTRICTED("restricted", SecurityOptions.SUBMIT_RESTRICTED),
    FOLLOW_DRIVER_LOG("followDriverLog", KubernetesOptions.SUBMIT_FOLLOW_DRIVER_LOG),
    WAIT_FOR_COMPLETION("waitForCompletion", KubernetesOptions.SUBMISSION_WAIT_APP_COMPLETION),
    DRIVER_CORES("driver.cores", CoreOptions.DRIVER_CORES),
    DRIVER_MEMORY("driver.memory", CoreOptions.DRIVER_MEMORY),
    DRIVER_MEMORY_OVERHEAD("driver.memoryOverhead", CoreOptions.DRIVER_MEMORY_OVERHEAD),
    EXECUTOR_INSTANCES("executor.instances", CoreOptions.EXECUTOR_INSTANCES),
    EXECUTOR_CORES("executor.cores", CoreOptions.EXECUTOR_CORES),
    EXECUTOR_MEMORY("executor.memory", CoreOptions.EXECUTOR_MEMORY),
    EXECUTOR_MEMORY_OVERHEAD("executor.memoryOverhead", CoreOptions.EXECUTOR_MEMORY_OVERHEAD),
    DYNAMIC_ALLOCATION("dynamicAllocation", CoreOptions.DYNAMIC_ALLOCATION),
    MIN_EXECUTORS("dynamicAllocation.minExecutors", CoreOptions.MIN_EXECUTORS),
    MAX_EXECUTORS("dynamicAllocation.maxExecutors", CoreOptions.MAX_EXECUTORS),
    INITIAL_EXECUTORS("dynamicAllocation.initialExecutors", CoreOptions.INITIAL_EXECUTORS);

    private final String argument;
    private final ConfigOption<?> option;

    SparkArgument(String argument, ConfigOption<?> option) {
        this.argument = argument;
        this.option = option;
    }

    /** The argument that stands for a key; empty when none does. */
    public static Optional<SparkArgument> ofKey(String key) {
        return Arrays.stream(values()).filter(row -> row.key().equals(key)).findFirst();
    }

    /** Whether the argument can set the key to that value: one that is only there to be ticked turns nothing off. */
    public boolean canSet(String value) {
        return this != RESTRICTED || Boolean.parseBoolean(value);
    }

    /** As a Pipeline writes it; with a dot when it is one of a nested object. */
    public String argument() {
        return argument;
    }

    public String key() {
        return option.key();
    }

    /** @param value null sets nothing */
    public void addTo(Map<String, String> conf, Object value) {
        ConfKeys.put(conf, key(), value);
    }

    /** Checks a form's field with a time, which needs its unit. */
    public FormValidation checkTime(String value) {
        return FieldChecks.duration(key(), argument, value);
    }

    /** Checks a form's field by the rule of the key. */
    public FormValidation check(String value) {
        return FieldChecks.option(key(), value);
    }
}
