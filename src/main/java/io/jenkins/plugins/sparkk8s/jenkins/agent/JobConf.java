package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KeyPrefixes;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SecurityOptions;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.Map;
import java.util.Set;

/** What a job may not set, wherever it does so. */
final class JobConf {
    private static final Set<String> OF_THE_CLUSTER = Set.of(
            CoreOptions.MASTER.key(), KubernetesOptions.CONTEXT.key(), KubernetesOptions.TRUST_CERTIFICATES.key());

    private static final String RESTRICTED = SecurityOptions.SUBMIT_RESTRICTED.key();

    private JobConf() {}

    /**
     * Checks the keys that came from one place.
     *
     * @param source where they are set, as the middle of a sentence: {@code in conf}
     * @param cluster the properties of the cluster
     * @throws ConfigurationException with one sentence for each that a job may not set
     */
    static void requireAllowed(Map<String, String> entries, String source, Map<String, String> cluster) {
        Problems problems = new Problems();
        if (isOn(cluster) && turnsOff(entries)) {
            problems.add(
                    "%s is set %s to false, but an administrator has turned it on for all jobs of the cluster. Remove the key, or choose a cluster without it."
                            .formatted(RESTRICTED, source));
        }
        entries.forEach((key, value) -> {
            if (OF_THE_CLUSTER.contains(key) || key.startsWith(Constants.SUBMISSION_AUTH_PREFIX)) {
                problems.add(
                        "%s is set %s, but the connection to the API server is set only in the cluster's configuration. Remove the key and choose the cluster by its name."
                                .formatted(key, source));
            }
            if (key.startsWith(KeyPrefixes.HADOOP) && value.contains("${")) {
                problems.add(
                        "%s is set %s to a value with ${, which Hadoop would replace by a value from the machine where it runs. Write the final value."
                                .formatted(key, source));
            }
        });
        problems.throwIfAny();
    }

    private static boolean isOn(Map<String, String> cluster) {
        return Boolean.parseBoolean(cluster.getOrDefault(RESTRICTED, "").strip());
    }

    /** Any other value is either allowed or invalid. */
    private static boolean turnsOff(Map<String, String> entries) {
        return "false".equalsIgnoreCase(entries.getOrDefault(RESTRICTED, "").strip());
    }
}
