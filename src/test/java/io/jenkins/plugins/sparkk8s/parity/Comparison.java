package io.jenkins.plugins.sparkk8s.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Compares what Spark and we made of the same case; each difference is a line. */
final class Comparison {
    private Comparison() {}

    /** Nothing when the case is as it should be. */
    static List<String> differences(ParityCase parityCase, Outcome spark, Outcome ours) {
        List<String> differences = new ArrayList<>();
        if (ours.refused()) {
            refusal(parityCase, ours, differences);
        }
        if (parityCase.mustBeRefused() && !ours.refused()) {
            differences.add("we accept it, but must not");
        }
        if (spark.refused() && parityCase.mustBeAccepted()) {
            differences.add("Spark refuses it: " + spark.message().strip());
        }
        if (parityCase.deliberately() != null) {
            if (spark.refused() || !ours.refused()) {
                differences.add("no longer a deliberate refusal of ours alone: Spark "
                        + (spark.refused() ? "refuses it too: " + spark.message() : "accepts it, and so do we"));
            }
        } else if (parityCase.generated() && !spark.refused() && EarlierChecks.explain(ours.message())) {
            return differences;
        } else if (spark.refused() != ours.refused()) {
            differences.add(
                    spark.refused()
                            ? "Spark refuses it and we do not: "
                                    + spark.message().strip()
                            : "Spark accepts it and we do not: "
                                    + ours.message().strip());
        } else if (!spark.refused()) {
            objects(spark, ours, differences);
        }
        return differences;
    }

    private static void refusal(ParityCase parityCase, Outcome ours, List<String> differences) {
        if (!ours.objects().isEmpty()) {
            differences.add(
                    "we refuse it, but left in the cluster: " + ours.objects().keySet());
        }
        if (!ours.uploads().isEmpty()) {
            differences.add("we refuse it, but left under the upload path: " + ours.uploads());
        }
        parityCase.refused().stream()
                .filter(word -> !ours.message().contains(word))
                .forEach(word -> differences.add(
                        "our message lacks '" + word + "': " + ours.message().strip()));
        if (ours.message().contains("Unexpected failure")) {
            differences.add("we fail unexpectedly: " + ours.message().strip());
        }
    }

    private static void objects(Outcome spark, Outcome ours, List<String> differences) {
        TreeSet<String> paths = new TreeSet<>(spark.objects().keySet());
        paths.addAll(ours.objects().keySet());
        for (String path : paths) {
            String theirs = spark.objects().get(path);
            String own = ours.objects().get(path);
            if (!Objects.equals(theirs, own) && !DeliberateDifferences.covers(path, theirs, own)) {
                differences.add("%s: Spark has %s, we have %s".formatted(path, shown(theirs), shown(own)));
            }
        }
    }

    private static String shown(String value) {
        return value == null ? "nothing" : "'" + value + "'";
    }
}
