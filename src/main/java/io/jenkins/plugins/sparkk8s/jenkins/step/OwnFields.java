package io.jenkins.plugins.sparkk8s.jenkins.step;

import java.util.Map;
import java.util.Optional;

/** Which configuration keys have an argument of their own, so that a form can point to it. */
final class OwnFields {
    private static final Map<String, String> BY_KEY = Map.ofEntries(
            Map.entry("spark.app.name", "name"),
            Map.entry("spark.kubernetes.namespace", "namespace"),
            Map.entry("spark.kubernetes.container.image", "image"),
            Map.entry("spark.kubernetes.authenticate.driver.serviceAccountName", "serviceAccount"),
            Map.entry("spark.kubernetes.file.upload.path", "uploadPath"),
            Map.entry("spark.kubernetes.driver.podTemplateFile", "driverPodTemplate"),
            Map.entry("spark.kubernetes.executor.podTemplateFile", "executorPodTemplate"),
            Map.entry("spark.jars", "jars"),
            Map.entry("spark.files", "files"),
            Map.entry("spark.archives", "archives"),
            Map.entry("spark.submit.pyFiles", "pyFiles"),
            Map.entry("spark.kubernetes.submit.sparkVersion", "sparkVersion"),
            Map.entry("spark.kubernetes.submit.startTimeout", "startTimeout"),
            Map.entry("spark.kubernetes.submit.deleteUploads", "deleteUploads"),
            Map.entry("spark.kubernetes.submit.followDriverLog", "followDriverLog"),
            Map.entry("spark.kubernetes.submission.waitAppCompletion", "waitForCompletion"),
            Map.entry("spark.driver.cores", "driver.cores"),
            Map.entry("spark.driver.memory", "driver.memory"),
            Map.entry("spark.driver.memoryOverhead", "driver.memoryOverhead"),
            Map.entry("spark.executor.instances", "executor.instances"),
            Map.entry("spark.executor.cores", "executor.cores"),
            Map.entry("spark.executor.memory", "executor.memory"),
            Map.entry("spark.executor.memoryOverhead", "executor.memoryOverhead"),
            Map.entry("spark.dynamicAllocation.enabled", "dynamicAllocation"),
            Map.entry("spark.dynamicAllocation.minExecutors", "dynamicAllocation.minExecutors"),
            Map.entry("spark.dynamicAllocation.maxExecutors", "dynamicAllocation.maxExecutors"),
            Map.entry("spark.dynamicAllocation.initialExecutors", "dynamicAllocation.initialExecutors"));

    private OwnFields() {}

    /** The argument that stands for the key. */
    static Optional<String> of(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }
}
