package io.jenkins.plugins.sparkk8s.jenkins.submission;

import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KeyPrefixes;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Redaction;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The part of an application's configuration that watching it needs, small and without secrets, to be kept over a restart. */
final class MonitorConf {
    private static final List<String> PREFIXES = List.of(
            KeyPrefixes.DYNAMIC_ALLOCATION,
            CoreOptions.EXECUTOR_INSTANCES.key(),
            CoreOptions.EXECUTOR_CORES.key(),
            KubernetesOptions.DRIVER_POD_TEMPLATE_CONTAINER_NAME.key(),
            KeyPrefixes.EXECUTOR,
            KeyPrefixes.REPORT,
            KeyPrefixes.SUBMIT,
            CoreOptions.UI_ENABLED.key(),
            CoreOptions.UI_PORT.key(),
            CoreOptions.EVENT_LOG_ENABLED.key(),
            CoreOptions.EVENT_LOG_DIR.key());

    /** Families of keys below {@code spark.kubernetes.executor.} that are about the pods' content. */
    private static final Pattern POD_CONTENT =
            Pattern.compile("spark\\.kubernetes\\.executor\\.(annotation|label|secretKeyRef|secrets|volumes|node).*");

    private MonitorConf() {}

    /** @param mask of the application's secrets, none of which is kept, whatever the key that has it */
    static Map<String, String> of(SparkConf conf, SecretMask mask) {
        Map<String, String> redacted = Redaction.of(conf).map(conf.toMap());
        Map<String, String> kept = new TreeMap<>();
        conf.toMap().forEach((key, value) -> {
            boolean needed = PREFIXES.stream().anyMatch(key::startsWith)
                    && !POD_CONTENT.matcher(key).matches();
            if (needed && value.equals(redacted.get(key)) && value.equals(mask.mask(value))) {
                kept.put(key, value);
            }
        });
        return kept;
    }
}
