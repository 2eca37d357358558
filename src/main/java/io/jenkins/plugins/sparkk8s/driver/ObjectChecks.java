package io.jenkins.plugins.sparkk8s.driver;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.kubernetes.KubernetesNames;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;

/** Limits of the API server that Spark runs into only when it creates the objects: names and sizes. */
final class ObjectChecks {
    /** The most data in a ConfigMap or a Secret, in bytes ({@code core.MaxSecretSize} of Kubernetes). */
    private static final long MOST_DATA = 1024 * 1024;

    private ObjectChecks() {}

    /** @throws ConfigurationException with one sentence for each object that the API server would refuse */
    static void check(DriverSpec spec) {
        Problems problems = new Problems();
        Stream.concat(Stream.of(spec.pod()), spec.dependants().stream()).forEach(object -> {
            checkName(object, problems);
            checkSize(object, problems);
        });
        problems.throwIfAny();
    }

    private static void checkName(HasMetadata object, Problems problems) {
        String name = object.getMetadata().getName();
        if (!KubernetesNames.isDnsSubdomain(name)) {
            String remedy = "Pod".equals(object.getKind())
                    ? "Set a valid %s, or a shorter %s."
                            .formatted(KubernetesOptions.DRIVER_POD_NAME.key(), CoreOptions.APP_NAME.key())
                    : "Set a shorter %s.".formatted(CoreOptions.APP_NAME.key());
            problems.add(
                    "The name '%s' of the %s is not valid: it must have at most %d characters, only lower-case letters, digits, '-' and '.', and begin and end with a letter or digit. %s"
                            .formatted(name, object.getKind(), Constants.DNS_SUBDOMAIN_MAX_LENGTH, remedy));
        }
    }

    private static void checkSize(HasMetadata object, Problems problems) {
        Map<String, String> data = Map.of();
        if (object instanceof ConfigMap map && map.getData() != null) {
            data = map.getData();
        } else if (object instanceof Secret secret && secret.getData() != null) {
            data = secret.getData();
        }
        long size = data.values().stream()
                .mapToLong(text -> object instanceof Secret
                        ? Base64.getDecoder().decode(text).length
                        : text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (size > MOST_DATA) {
            String biggest = data.entrySet().stream()
                    .max(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.length(), b.length())))
                    .map(Map.Entry::getKey)
                    .orElse("");
            problems.add("The %s %s would hold %d bytes, but Kubernetes allows %d; most of it is %s. Reduce its size."
                    .formatted(object.getKind(), object.getMetadata().getName(), size, MOST_DATA, biggest));
        }
    }
}
