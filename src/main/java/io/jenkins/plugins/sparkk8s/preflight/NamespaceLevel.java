package io.jenkins.plugins.sparkk8s.preflight;

import io.fabric8.kubernetes.api.model.Namespace;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SecurityOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Whether a namespace enforces the Pod Security level {@code restricted}, to which no pod conforms that Spark makes without a
 * template. A warning and no error, since an admission webhook may add what the pods lack, as OpenShift does.
 */
final class NamespaceLevel {
    private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

    private NamespaceLevel() {}

    static void check(Namespace namespace, DriverSpec spec, Findings findings) {
        Map<String, String> labels =
                Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.of());
        SparkConf conf = spec.properties();
        if (!"restricted".equals(labels.get(ENFORCE)) || conf.get(SecurityOptions.SUBMIT_RESTRICTED)) {
            return;
        }
        List<String> refused = new ArrayList<>();
        if (!conf.contains(KubernetesOptions.DRIVER_POD_TEMPLATE_FILE)) {
            refused.add("the driver");
        }
        if (NeededObjects.startsExecutors(spec) && !conf.contains(KubernetesOptions.EXECUTOR_POD_TEMPLATE_FILE)) {
            refused.add("the executors");
        }
        if (!refused.isEmpty()) {
            findings.warning(
                    "The namespace %s enforces the Pod Security level restricted, which refuses %s unless the cluster adds what they lack. Set %s=true."
                            .formatted(
                                    namespace.getMetadata().getName(),
                                    String.join(" and ", refused),
                                    SecurityOptions.SUBMIT_RESTRICTED.key()));
        }
    }
}
