package io.jenkins.plugins.sparkk8s.parity;

import java.util.Arrays;
import java.util.List;

/**
 * Where an object of ours may differ from Spark's, with the reason; {@code docs/differences.md} describes each for users.
 */
final class DeliberateDifferences {

    private interface Rule {
        boolean covers(String spark, String ours);
    }

    private record Difference(String path, String reason, Rule rule) {}

    private static final String SCRATCH_VOLUME = "spark-local-dir-\\d+";

    private static final List<Difference> ALL = List.of(
            new Difference(
                    "Pod/.*/env\\[name=SPARK_LOCAL_DIRS]/value",
                    "Spark shuffles scratch directories; ours keep their order, so that the same configuration makes"
                            + " the same pod.",
                    DeliberateDifferences::sameEntries),
            new Difference(
                    "Pod/.*/volumeMounts\\[mountPath=.*]/name",
                    "As above: which of the equal volumes is mounted where follows the order.",
                    (spark, ours) -> spark != null
                            && ours != null
                            && spark.matches(SCRATCH_VOLUME)
                            && ours.matches(SCRATCH_VOLUME)),
            new Difference(
                    "ConfigMap/.*/spark\\.properties/spark\\.(jars|files|submit\\.pyFiles)",
                    "Spark names an uploaded file as it is; a name with a blank is escaped by us, or the driver could"
                            + " not read the URI.",
                    (spark, ours) -> spark != null && ours != null && spark.equals(ours.replace("%20", " "))));

    private DeliberateDifferences() {}

    static boolean covers(String path, String spark, String ours) {
        return ALL.stream()
                .anyMatch(difference ->
                        path.matches(difference.path()) && difference.rule().covers(spark, ours));
    }

    private static boolean sameEntries(String spark, String ours) {
        return spark != null && ours != null && sorted(spark).equals(sorted(ours));
    }

    private static List<String> sorted(String list) {
        return Arrays.stream(list.split(",")).sorted().toList();
    }
}
