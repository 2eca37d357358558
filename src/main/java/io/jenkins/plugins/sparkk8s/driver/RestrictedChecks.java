package io.jenkins.plugins.sparkk8s.driver;

import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SecurityOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.model.AppArmor;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.RestrictedLevel;
import io.jenkins.plugins.sparkk8s.driver.step.FeatureSteps;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keys that cannot stand beside {@code spark.kubernetes.submit.restricted}: the API server would refuse the driver, or minutes
 * later each executor.
 */
final class RestrictedChecks {
    private static final Set<String> REFUSED_VOLUMES = Set.of("hostPath", "nfs");
    private static final List<ConfigOption<Boolean>> ESCALATION = List.of(
            SecurityOptions.ALLOW_PRIVILEGE_ESCALATION,
            SecurityOptions.DRIVER_ALLOW_PRIVILEGE_ESCALATION,
            SecurityOptions.EXECUTOR_ALLOW_PRIVILEGE_ESCALATION);

    private final KubernetesDriverConf driver;
    private final SparkConf conf;
    private final Problems problems = new Problems();

    private RestrictedChecks(KubernetesDriverConf driver) {
        this.driver = driver;
        this.conf = driver.conf();
    }

    /** @throws ConfigurationException with one sentence for each key */
    static void check(KubernetesDriverConf driver) {
        if (RestrictedLevel.of(driver.conf()).isEmpty()) {
            return;
        }
        RestrictedChecks checks = new RestrictedChecks(driver);
        checks.escalation();
        checks.volumes(Constants.DRIVER_VOLUMES_PREFIX);
        checks.volumes(Constants.EXECUTOR_VOLUMES_PREFIX);
        checks.annotations(Constants.DRIVER_ANNOTATION_PREFIX);
        checks.annotations(Constants.EXECUTOR_ANNOTATION_PREFIX);
        checks.templateOfExecutors();
        checks.problems.throwIfAny();
    }

    /** What has no effect; one sentence each. */
    static List<String> warnings(SparkConf conf) {
        boolean unused =
                conf.contains(SecurityOptions.SUBMIT_RUN_AS_USER) && !conf.get(SecurityOptions.SUBMIT_RESTRICTED);
        return unused
                ? List.of("%s has no effect without %s=true. Set that as well, or leave it out."
                        .formatted(SecurityOptions.SUBMIT_RUN_AS_USER.key(), SecurityOptions.SUBMIT_RESTRICTED.key()))
                : List.of();
    }

    private void refuse(String cause, String remedy) {
        problems.add("%s, which %s refuses. %s%s"
                .formatted(cause, RestrictedLevel.described(), remedy, RestrictedLevel.orLeaveIt()));
    }

    /** Releases before 4.3 do not read the keys. */
    private void escalation() {
        if (!driver.version().atLeast(4, 3)) {
            return;
        }
        ESCALATION.stream()
                .filter(option -> conf.contains(option) && conf.get(option))
                .forEach(option -> refuse(option.key() + " is true", "Leave it out"));
    }

    private void volumes(String prefix) {
        Map<String, String> types = conf.withPrefix(prefix).keySet().stream()
                .map(key -> key.split("\\."))
                .filter(parts -> parts.length > 1 && REFUSED_VOLUMES.contains(parts[0]))
                .collect(Collectors.toMap(
                        parts -> parts[0] + "." + parts[1], parts -> parts[0], (first, same) -> first));
        types.forEach((volume, type) -> refuse(
                "%s%s.* is a volume of type %s".formatted(prefix, volume, type),
                "Use persistentVolumeClaim or emptyDir"));
    }

    private void annotations(String prefix) {
        conf.withPrefix(prefix).forEach((annotation, value) -> {
            if (AppArmor.isRefused(annotation, value)) {
                refuse("%s%s is %s".formatted(prefix, annotation, value), "Leave it out");
            }
        });
    }

    private void templateOfExecutors() {
        boolean excludes = driver.version().atLeast(4, 1)
                && conf.get(KubernetesOptions.DRIVER_POD_EXCLUDED_FEATURE_STEPS)
                        .contains(FeatureSteps.POD_TEMPLATE_CONFIG_MAP);
        if (excludes) {
            problems.add("%s leaves out %s, by which executors get the settings of %s. Take it out of the list%s"
                    .formatted(
                            KubernetesOptions.DRIVER_POD_EXCLUDED_FEATURE_STEPS.key(),
                            FeatureSteps.POD_TEMPLATE_CONFIG_MAP,
                            RestrictedLevel.described(),
                            RestrictedLevel.orLeaveIt()));
        }
    }
}
