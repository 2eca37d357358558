package io.jenkins.plugins.sparkk8s.conf;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All keys under {@code spark.kubernetes.} that Spark 3.5 to 4.3 or this submitter read, and those beside it that matter here. */
final class KnownKeys {
    static final String PREFIX = "spark.kubernetes.";

    /** Prefixes of keys with a variable part; what follows is the user's own name. */
    static final List<String> FAMILIES = List.of(
            "spark.kubernetes.node.selector.",
            "spark.kubernetes.driver.node.selector.",
            "spark.kubernetes.executor.node.selector.",
            "spark.kubernetes.driver.label.",
            "spark.kubernetes.executor.label.",
            "spark.kubernetes.driver.annotation.",
            "spark.kubernetes.executor.annotation.",
            "spark.kubernetes.driver.service.label.",
            "spark.kubernetes.driver.service.annotation.",
            "spark.kubernetes.driver.secrets.",
            "spark.kubernetes.executor.secrets.",
            "spark.kubernetes.driver.secretKeyRef.",
            "spark.kubernetes.executor.secretKeyRef.",
            "spark.kubernetes.driver.volumes.",
            "spark.kubernetes.executor.volumes.",
            "spark.kubernetes.driverEnv.");

    /** Keys that Spark reads outside its tables, or that only the driver's plugins and feature steps read. */
    private static final List<String> ELSEWHERE = List.of(
            "spark.kubernetes.jars.avoidDownloadSchemes",
            "spark.kubernetes.setSubmitTimeInDriver",
            "spark.kubernetes.executor.hadoopConfigMapName",
            "spark.kubernetes.kerberos.dt-secret-name",
            "spark.kubernetes.kerberos.dt-secret-key",
            "spark.kubernetes.pyspark.pythonVersion",
            "spark.kubernetes.scheduler.volcano.podGroupTemplateFile",
            "spark.kubernetes.scheduler.volcano.podGroupTemplateJson");

    /** {@code submission} and {@code driver} are for cluster mode, the ones without are for client mode. */
    private static final List<String> CREDENTIALS = Stream.of("", "submission.", "driver.", "driver.mounted.")
            .flatMap(side -> Stream.of("caCertFile", "clientKeyFile", "clientCertFile", "oauthToken", "oauthTokenFile")
                    .map(name -> PREFIX + "authenticate." + side + name))
            .toList();

    /** Keys outside of {@code spark.kubernetes.} beside those of {@link CoreOptions} that people set for a submission. */
    private static final List<String> CORE = List.of(
            "spark.driver.extraJavaOptions",
            "spark.driver.defaultJavaOptions",
            "spark.driver.extraClassPath",
            "spark.driver.extraLibraryPath",
            "spark.driver.maxResultSize",
            "spark.executor.extraJavaOptions",
            "spark.executor.defaultJavaOptions",
            "spark.executor.extraClassPath",
            "spark.executor.extraLibraryPath",
            "spark.jars.packages",
            "spark.jars.repositories",
            "spark.jars.excludes",
            "spark.jars.ivy",
            "spark.jars.ivySettings",
            "spark.plugins",
            "spark.serializer");

    /** {@code spark.kubernetes.driver.volumes.<type>.<name>.} and what is left of the key. */
    private static final Pattern VOLUME =
            Pattern.compile("(spark\\.kubernetes\\.(?:driver|executor)\\.volumes\\.[^.]+\\.[^.]+\\.)(.+)");

    static final List<String> VOLUME_PROPERTIES = List.of(
            "mount.path",
            "mount.subPath",
            "mount.subPathExpr",
            "mount.readOnly",
            "options.path",
            "options.type",
            "options.medium",
            "options.sizeLimit",
            "options.server",
            "options.claimName",
            "options.storageClass");
    private static final List<String> VOLUME_FAMILIES = List.of("label.", "annotation.");

    private static final Set<String> KUBERNETES = Stream.<Collection<String>>of(
                    ConfigOptions.byKey().keySet(), ELSEWHERE, CREDENTIALS)
            .flatMap(Collection::stream)
            .filter(key -> key.startsWith(PREFIX))
            .collect(Collectors.toCollection(TreeSet::new));
    private static final Set<String> OTHERS = Stream.concat(ConfigOptions.byKey().keySet().stream(), CORE.stream())
            .filter(key -> !key.startsWith(PREFIX))
            .collect(Collectors.toCollection(TreeSet::new));

    private KnownKeys() {}

    /** The keys under {@code spark.kubernetes.} that are complete. */
    static Set<String> ofKubernetes() {
        return KUBERNETES;
    }

    /** Keys outside of it that a submission or the start of a driver depends on. */
    static Set<String> others() {
        return OTHERS;
    }

    /** Whether a key under {@code spark.kubernetes.} is read by any of the releases; volumes are looked at to the end. */
    static boolean contains(String key) {
        Optional<Volume> volume = volume(key);
        return volume.map(Volume::isRead)
                .orElseGet(() -> KUBERNETES.contains(key)
                        || FAMILIES.stream()
                                .anyMatch(family -> key.startsWith(family) && key.length() > family.length()));
    }

    /** The parts of a volume's key; empty when it is the key of something else. */
    static Optional<Volume> volume(String key) {
        Matcher parts = VOLUME.matcher(key);
        return parts.matches() ? Optional.of(new Volume(parts.group(1), parts.group(2))) : Optional.empty();
    }

    /**
     * A key of a volume.
     *
     * @param start up to the dot behind the volume's name
     * @param property the rest
     */
    record Volume(String start, String property) {
        boolean isRead() {
            return VOLUME_PROPERTIES.contains(property)
                    || VOLUME_FAMILIES.stream().anyMatch(property::startsWith);
        }
    }
}
