package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import io.jenkins.plugins.sparkk8s.conf.ConfigOptions;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.Misspellings;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.Redaction;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Spark configuration as an administrator writes it: {@code key=value}, one a line; empty lines and lines that start with
 * {@code #} say nothing.
 *
 * <p>Text and not a map is what is stored, since Configuration as Code does not bind maps.
 */
final class ConfText {
    private static final String PREFIX = "spark.";

    /** Their values name objects, and yet the keys look as if they held secrets. */
    private static final Pattern NO_SECRET_KEY =
            Pattern.compile("spark\\.kubernetes\\.(driver|executor)\\.secretKeyRef\\..+");

    private static final Pattern NO_SECRET_VALUE = Pattern.compile("true|false", Pattern.CASE_INSENSITIVE);
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("://[^/\\s:@]*:[^/\\s@]+@");

    /** What the cluster itself stands for. */
    private static final Set<String> FIELDS = Set.of("spark.master", "spark.kubernetes.context");

    private static final String SUBMISSION_CREDENTIALS = "spark.kubernetes.authenticate.submission.";

    private ConfText() {}

    /**
     * The entries of a text; later ones win.
     *
     * @param text null for none
     * @throws ConfigurationException with one sentence for each line that is no entry
     */
    static Map<String, String> parse(String text) {
        Map<String, String> entries = new TreeMap<>();
        if (text == null) {
            return entries;
        }
        Problems problems = new Problems();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            String key = equals < 0 ? "" : line.substring(0, equals).strip();
            if (key.isEmpty() || !key.startsWith(PREFIX)) {
                problems.add(Texts.of("ConfText.NoEntry", i + 1));
            } else {
                entries.put(key, line.substring(equals + 1).strip());
            }
        }
        problems.throwIfAny();
        return entries;
    }

    /** What keeps the text from being stored; one sentence each, none with a value that may be a secret. */
    static List<String> problems(String text) {
        Problems problems = new Problems();
        problems.collect(() -> parse(text)).ifPresent(entries -> {
            entries.forEach((key, value) -> checkEntry(key, value, problems));
            problems.collect(() -> {
                ConfigOptions.check(SparkConf.of(entries));
            });
        });
        return problems.list();
    }

    private static void checkEntry(String key, String value, Problems problems) {
        if (FIELDS.contains(key) || key.startsWith(SUBMISSION_CREDENTIALS)) {
            problems.add(Texts.of("ConfText.OfTheCluster", key));
        } else if (isSecret(key, value)) {
            problems.add(Texts.of("ConfText.Secret", key));
        }
    }

    private static boolean isSecret(String key, String value) {
        if (hasPassword(value)) {
            return true;
        }
        return Redaction.defaults().isSecret(key)
                && !Redaction.namesObjects(key)
                && !NO_SECRET_KEY.matcher(key).matches()
                && !NO_SECRET_VALUE.matcher(value).matches();
    }

    /** Whether there is a URL with a password in the text. */
    static boolean hasPassword(String text) {
        return PASSWORD_IN_URL.matcher(text).find();
    }

    /** What is likely to be a mistake; one sentence each. */
    static List<String> warnings(String text) {
        return Misspellings.warnings(SparkConf.of(parse(text)));
    }
}
