package io.jenkins.plugins.sparkk8s.driver.model;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.conf.SparkVersion;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads {@code spark.kubernetes.{driver|executor}.volumes.<type>.<name>.<property>}
 * ({@code KubernetesVolumeUtils.scala}).
 *
 * <p>Volumes come sorted by type and name; Spark's order is that of a hash table.
 */
public final class KubernetesVolumeUtils {
    private KubernetesVolumeUtils() {}

    /**
     * All volumes under a prefix, in Spark's order, which numbers the claims. With five volumes or more Spark's order
     * depends on hashes of its own classes as well, which is not followed.
     *
     * @throws ConfigurationException with one sentence for each error, naming the full key
     */
    public static List<KubernetesVolumeSpec> parseVolumesWithPrefix(
            SparkConf conf, String prefix, SparkVersion version) {
        Map<String, String> properties = conf.withPrefix(prefix);
        Problems problems = new Problems();
        List<KubernetesVolumeSpec> volumes = typesAndNames(ScalaMapOrder.of(properties.keySet(), version)).stream()
                .flatMap(typeAndName -> Stream.ofNullable(
                        problems.collect(() -> new VolumeOptions(prefix, typeAndName, properties, version).parse())
                                .orElse(null)))
                .toList();
        problems.collect(() -> {
            refuseDuplicateMountPaths(prefix, volumes);
        });
        problems.throwIfAny();
        return volumes;
    }

    private static Set<String> typesAndNames(List<String> keys) {
        Set<String> found = new LinkedHashSet<>();
        keys.stream()
                .map(key -> key.split("\\."))
                .filter(parts -> parts.length >= 2)
                .map(parts -> parts[0] + "." + parts[1])
                .forEach(found::add);
        return found;
    }

    private static void refuseDuplicateMountPaths(String prefix, List<KubernetesVolumeSpec> volumes) {
        Map<String, String> nameByPath = new HashMap<>();
        Problems problems = new Problems();
        for (KubernetesVolumeSpec volume : volumes) {
            String other = nameByPath.putIfAbsent(volume.mountPath(), volume.name());
            if (Objects.nonNull(other)) {
                problems.add(
                        "The volumes %s and %s under %s have the same mount.path '%s'. Give each a path of its own."
                                .formatted(other, volume.name(), prefix, volume.mountPath()));
            }
        }
        problems.throwIfAny();
    }
}
