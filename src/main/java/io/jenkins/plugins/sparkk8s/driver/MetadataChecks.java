package io.jenkins.plugins.sparkk8s.driver;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.kubernetes.KubernetesNames;
import java.util.List;

/**
 * Rules of the API server for keys that end in a name of the user's choice: labels, annotations, node selectors,
 * variables and Secrets. Its own message would name the field of an object, not the key that the user wrote.
 */
final class MetadataChecks {
    private static final List<String> LABELS = List.of(
            Constants.DRIVER_LABEL_PREFIX,
            Constants.DRIVER_SERVICE_LABEL_PREFIX,
            Constants.EXECUTOR_LABEL_PREFIX,
            Constants.NODE_SELECTOR_PREFIX,
            Constants.DRIVER_NODE_SELECTOR_PREFIX,
            Constants.EXECUTOR_NODE_SELECTOR_PREFIX);
    private static final List<String> ANNOTATIONS = List.of(
            Constants.DRIVER_ANNOTATION_PREFIX,
            Constants.DRIVER_SERVICE_ANNOTATION_PREFIX,
            Constants.EXECUTOR_ANNOTATION_PREFIX);
    private static final List<String> OTHERS = List.of(
            Constants.DRIVER_ENV_PREFIX, Constants.DRIVER_SECRETS_PREFIX, Constants.DRIVER_SECRET_KEY_REF_PREFIX);

    private final KubernetesDriverConf driver;
    private final SparkConf conf;
    private final Problems problems = new Problems();

    private MetadataChecks(KubernetesDriverConf driver) {
        this.driver = driver;
        this.conf = driver.conf();
    }

    /** @throws ConfigurationException with one sentence for each key */
    static void check(KubernetesDriverConf driver) {
        MetadataChecks checks = new MetadataChecks(driver);
        LABELS.forEach(prefix -> {
            checks.names(prefix);
            checks.values(prefix);
        });
        ANNOTATIONS.forEach(checks::names);
        OTHERS.forEach(checks::requireName);
        checks.problems.throwIfAny();
    }

    private void names(String prefix) {
        requireName(prefix);
        conf.withPrefix(prefix).keySet().stream()
                .filter(name -> !KubernetesNames.isQualifiedName(name))
                .forEach(name -> problems.add(
                        "The key %s%s ends in '%s', which Kubernetes does not accept as a name here: at most 63 letters, digits, '-', '_' and '.', first and last a letter or digit, optionally with a DNS name and '/' in front."
                                .formatted(prefix, name, name)));
    }

    private void requireName(String prefix) {
        if (conf.contains(prefix)) {
            problems.add(
                    "The key %s has no name after its last dot. Complete the key or leave it out.".formatted(prefix));
        }
    }

    private void values(String prefix) {
        conf.withPrefix(prefix).forEach((name, value) -> {
            if (!KubernetesNames.isLabelValue(withIds(prefix, value))) {
                problems.add(
                        "The value '%s' of %s%s is not valid. It must have at most 63 letters, digits, '-', '_' and '.', and begin and end with a letter or digit."
                                .formatted(value, prefix, name));
            }
        });
    }

    /** Spark fills in ids in the labels of pods since 4.0. */
    private String withIds(String prefix, String value) {
        boolean filled = driver.version().atLeast(4, 0)
                && (prefix.equals(Constants.DRIVER_LABEL_PREFIX) || prefix.equals(Constants.EXECUTOR_LABEL_PREFIX));
        String executor = prefix.equals(Constants.EXECUTOR_LABEL_PREFIX) ? "1" : "";
        return filled
                ? value.replace("{{APP_ID}}", driver.applicationId()).replace("{{EXECUTOR_ID}}", executor)
                : value;
    }
}
