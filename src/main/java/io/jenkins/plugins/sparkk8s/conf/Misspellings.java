package io.jenkins.plugins.sparkk8s.conf;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds keys under {@code spark.kubernetes.} that nobody reads but that look much like one somebody does. */
public final class Misspellings {
    private static final String PREFIX = "spark.kubernetes.";
    /** More edits than this and two keys have little to do with each other. */
    private static final int MOST_EDITS = 3;

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
            "spark.kubernetes.driverEnv.",
            "spark.kubernetes.authenticate.");

    /** Keys that Spark reads outside its Kubernetes tables. */
    private static final List<String> ELSEWHERE = List.of(
            "spark.kubernetes.jars.avoidDownloadSchemes",
            "spark.kubernetes.setSubmitTimeInDriver",
            "spark.kubernetes.executor.hadoopConfigMapName");

    private record Candidate(String key, int edits) {}

    private Misspellings() {}

    /** One warning for each key that is likely to be a misspelling; empty when there is none. */
    public static List<String> warnings(SparkConf conf) {
        return conf.withPrefix(PREFIX).keySet().stream()
                .map(rest -> PREFIX + rest)
                .filter(key -> !known(key))
                .flatMap(key -> likely(key).stream()
                        .map(meant -> "%s is not a key of Spark. Did you mean %s?".formatted(key, meant)))
                .toList();
    }

    private static boolean known(String key) {
        return ConfigOptions.byKey().containsKey(key)
                || ELSEWHERE.contains(key)
                || FAMILIES.stream().anyMatch(key::startsWith);
    }

    private static Optional<String> likely(String key) {
        LevenshteinDistance distance = new LevenshteinDistance(MOST_EDITS);
        Stream<Candidate> keys = Stream.concat(ConfigOptions.byKey().keySet().stream(), ELSEWHERE.stream())
                .map(candidate -> new Candidate(candidate, distance.apply(key, candidate)));
        Stream<Candidate> families = FAMILIES.stream().map(family -> {
            String start = firstSegments(key, segments(family));
            return new Candidate(family + key.substring(start.length()), distance.apply(start, family));
        });
        return Stream.concat(keys, families)
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
