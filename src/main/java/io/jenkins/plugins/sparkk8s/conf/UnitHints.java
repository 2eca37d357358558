package io.jenkins.plugins.sparkk8s.conf;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a value that Spark does not read is likely to mean: units of Kubernetes, fractions of a core. */
final class UnitHints {
    private static final Pattern KUBERNETES_SIZE =
            Pattern.compile("([0-9]{1,12})([KMGTP])i?[Bb]?", Pattern.CASE_INSENSITIVE);
    private static final Pattern FRACTION = Pattern.compile("[0-9]{0,6}[.,][0-9]{1,6}|[0-9]{1,9}m");
    private static final Map<String, String> REQUESTS = Map.of(
            "spark.driver.cores", "spark.kubernetes.driver.request.cores",
            "spark.executor.cores", "spark.kubernetes.executor.request.cores");

    private UnitHints() {}

    /** A sentence with a blank in front; empty when nothing is likely. */
    static String of(String key, ValueType<?> type, String text) {
        Matcher size = KUBERNETES_SIZE.matcher(text.strip());
        if (type.name().startsWith("bytes") && size.matches()) {
            return " Spark writes this size %s%s."
                    .formatted(size.group(1), size.group(2).toLowerCase(java.util.Locale.ROOT));
        }
        if (REQUESTS.containsKey(key) && FRACTION.matcher(text.strip()).matches()) {
            return " A fraction of a core is written as %s=500m, beside %s=1.".formatted(REQUESTS.get(key), key);
        }
        return "";
    }
}
