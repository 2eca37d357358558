package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SecurityOptions;
import java.util.Map;
import java.util.TreeMap;

/** The one table of a cluster's fields that stand for a key of Spark each. */
final class ClusterDefaults {
    private final Map<String, String> conf;

    private ClusterDefaults(Map<String, String> conf) {
        this.conf = conf;
    }

    /** As {@link SparkCluster#defaults}. */
    static Map<String, String> of(SparkCluster cluster) {
        ClusterDefaults defaults = new ClusterDefaults(new TreeMap<>(ClusterConf.parse(cluster.getConf())));
        defaults.put(CoreOptions.MASTER, cluster.apiServer() == null ? null : "k8s://" + cluster.apiServer());
        defaults.put(KubernetesOptions.NAMESPACE, cluster.getNamespace());
        defaults.put(KubernetesOptions.CONTAINER_IMAGE, cluster.getImage());
        defaults.put(KubernetesOptions.AUTHENTICATE_DRIVER_SERVICE_ACCOUNT_NAME, cluster.getServiceAccount());
        defaults.put(KubernetesOptions.FILE_UPLOAD_PATH, cluster.getUploadPath());
        defaults.put(KubernetesOptions.SUBMIT_SPARK_VERSION, cluster.getSparkVersion());
        defaults.put(KubernetesOptions.SUBMIT_START_TIMEOUT, cluster.getStartTimeout());
        defaults.put(KubernetesOptions.SUBMIT_RETAIN_SUCCEEDED, cluster.getRetainSucceeded());
        defaults.put(KubernetesOptions.SUBMIT_RETAIN_FAILED, cluster.getRetainFailed());
        defaults.put(SecurityOptions.SUBMIT_RESTRICTED, cluster.isRestricted() ? "true" : null);
        return defaults.conf;
    }

    private void put(ConfigOption<?> option, String value) {
        if (value != null) {
            conf.put(option.key(), value);
        }
    }
}
