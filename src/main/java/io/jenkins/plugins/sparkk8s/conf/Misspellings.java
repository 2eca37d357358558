package io.jenkins.plugins.sparkk8s.conf;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds keys under {@code spark.kubernetes.} that nobody reads but that look much like one somebody does. */
public final class Misspellings {
    private static final String PREFIX = "spark.kubernetes.";
    /** More edits than this and two keys have little to do with each other. */
    private static final int MOST_EDITS = 3;
    /** How much of a key may be missing at its end, or be too much there. */
    private static final int LONGEST_TAIL = 6;

    private static final LevenshteinDistance DISTANCE = new LevenshteinDistance(MOST_EDITS);

    /** Prefixes of keys with a variable part; what follows is the user's own name. */
    private static final List<String> FAMILIES = List.of(
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

    /** Keys that Spark reads outside its Kubernetes tables. */
    private static final List<String> ELSEWHERE = List.of(
            "spark.kubernetes.jars.avoidDownloadSchemes",
            "spark.kubernetes.setSubmitTimeInDriver",
            "spark.kubernetes.executor.hadoopConfigMapName");

    /** {@code submission} and {@code driver} are for cluster mode, the ones without are for client mode. */
    private static final List<String> CREDENTIALS = Stream.of("", "submission.", "driver.", "driver.mounted.")
            .flatMap(side -> Stream.of("caCertFile", "clientKeyFile", "clientCertFile", "oauthToken", "oauthTokenFile")
                    .map(name -> PREFIX + "authenticate." + side + name))
            .toList();

    /** {@code spark.kubernetes.driver.volumes.<type>.<name>.} and what is left of the key. */
    private static final Pattern VOLUME =
            Pattern.compile("(spark\\.kubernetes\\.(?:driver|executor)\\.volumes\\.[^.]+\\.[^.]+\\.)(.+)");

    private static final List<String> VOLUME_PROPERTIES = List.of(
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

    /** The word {@code kubernetes} written in another way. */
    private static final Pattern OTHER_PREFIX = Pattern.compile("spark\\.([A-Za-z0-9]{8,12})\\.(.+)");

    private record Candidate(String key, int edits) {}

    private Misspellings() {}

    /** One warning for each key that is likely to be a misspelling; empty when there is none. */
    public static List<String> warnings(SparkConf conf) {
        return conf.toMap().keySet().stream()
                .flatMap(key -> meant(key).stream()
                        .map(meant -> "%s is not a key of Spark. Did you mean %s?".formatted(key, meant)))
                .toList();
    }

    private static Optional<String> meant(String key) {
        if (!key.startsWith(PREFIX)) {
            return otherPrefix(key);
        }
        Matcher volume = VOLUME.matcher(key);
        if (volume.matches()) {
            return volumeProperty(volume.group(1), volume.group(2));
        }
        return known(key) ? Optional.empty() : likely(key);
    }

    private static Optional<String> otherPrefix(String key) {
        Matcher parts = OTHER_PREFIX.matcher(key);
        if (!parts.matches() || DISTANCE.apply(parts.group(1), "kubernetes") < 0) {
            return Optional.empty();
        }
        String corrected = PREFIX + parts.group(2);
        return known(corrected) ? Optional.of(corrected) : likely(corrected);
    }

    private static Optional<String> volumeProperty(String volume, String property) {
        boolean read =
                VOLUME_PROPERTIES.contains(property) || VOLUME_FAMILIES.stream().anyMatch(property::startsWith);
        return read
                ? Optional.empty()
                : nearest(VOLUME_PROPERTIES.stream().map(known -> candidate(property, known)))
                        .map(known -> volume + known);
    }

    private static boolean known(String key) {
        return keys().anyMatch(key::equals) || FAMILIES.stream().anyMatch(key::startsWith);
    }

    private static Stream<String> keys() {
        return Stream.<Collection<String>>of(ConfigOptions.byKey().keySet(), ELSEWHERE, CREDENTIALS)
                .flatMap(Collection::stream);
    }

    private static Optional<String> likely(String key) {
        Stream<Candidate> keys = keys().map(known -> candidate(key, known));
        Stream<Candidate> families =
                FAMILIES.stream().map(family -> inFamily(key, family)).filter(Objects::nonNull);
        return nearest(Stream.concat(keys, families));
    }

    /** Null when the key begins as others do: spark.kubernetes.driver.x has nothing to do with driverEnv. */
    private static Candidate inFamily(String key, String family) {
        String start = firstSegments(key, segments(family));
        boolean right = Stream.concat(keys(), FAMILIES.stream()).anyMatch(known -> known.startsWith(start));
        return right ? null : new Candidate(family + key.substring(start.length()), DISTANCE.apply(start, family));
    }

    private static Candidate candidate(String key, String known) {
        int edits = DISTANCE.apply(key, known);
        boolean tail = (key.startsWith(known) || known.startsWith(key))
                && Math.abs(key.length() - known.length()) <= LONGEST_TAIL;
        return new Candidate(known, edits < 0 && tail ? MOST_EDITS + 1 : edits);
    }

    private static Optional<String> nearest(Stream<Candidate> candidates) {
        return candidates
                .filter(candidate -> candidate.edits() >= 0)
                .min(Comparator.comparingInt(Candidate::edits))
                .map(Candidate::key);
    }

    private static int segments(String family) {
        return family.split("\\.").length;
    }

    /** The first segments with the dot behind them; the whole key when it has no more. */
    private static String firstSegments(String key, int count) {
        List<String> all = Arrays.asList(key.split("\\."));
        return all.size() <= count ? key : all.stream().limit(count).collect(Collectors.joining(".", "", "."));
    }
}
