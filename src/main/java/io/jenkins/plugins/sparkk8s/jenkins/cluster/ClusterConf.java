package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import io.jenkins.plugins.sparkk8s.conf.ConfigOptions;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KeyPrefixes;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Misspellings;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.Redaction;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.jenkins.model.ConfText;
import io.jenkins.plugins.sparkk8s.jenkins.model.ConfText.Entry;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Spark configuration of a cluster as an administrator writes it: the text that a step takes too, see {@link ConfText}.
 *
 * <p>Text and not a map is what is stored, since Configuration as Code does not bind maps.
 */
final class ClusterConf {
    /** Their values name objects, and yet the keys look as if they held secrets. */
    private static final Pattern NO_SECRET_KEY =
            Pattern.compile("spark\\.kubernetes\\.(driver|executor)\\.secretKeyRef\\..+");

    private static final Pattern NO_SECRET_VALUE = Pattern.compile("true|false", Pattern.CASE_INSENSITIVE);
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("://[^/\\s:@]*:[^/\\s@]+@");

    /** What the cluster itself stands for. */
    private static final Set<String> FIELDS = Set.of(CoreOptions.MASTER.key(), KubernetesOptions.CONTEXT.key());

    private ClusterConf() {}

    /**
     * The entries; a key alone, which is not stored, would have an empty value.
     *
     * @param text null for none
     */
    static Map<String, String> parse(String text) {
        Map<String, String> entries = text == null ? new TreeMap<>() : new TreeMap<>(ConfText.parse(text));
        entries.replaceAll((key, value) -> Objects.requireNonNullElse(value, ""));
        return entries;
    }

    private static List<Entry> entries(String text) {
        return text == null ? List.of() : ConfText.entries(text);
    }

    /** What keeps the text from being stored; one sentence each, none with a value that may be a secret. */
    static List<String> problems(String text) {
        Problems problems = new Problems();
        for (Entry entry : entries(text)) {
            if (entry.key().isEmpty() || !entry.separated()) {
                problems.add(Messages.ClusterConf_NoEntry(entry.number()));
            } else {
                checkEntry(entry.key(), entry.value(), problems);
            }
        }
        problems.collect(() -> {
            ConfigOptions.check(SparkConf.of(parse(text)));
        });
        return problems.list();
    }

    private static void checkEntry(String key, String value, Problems problems) {
        if (FIELDS.contains(key) || key.startsWith(Constants.SUBMISSION_AUTH_PREFIX)) {
            problems.add(Messages.ClusterConf_OfTheCluster(key));
        } else if (isSecret(key, value)) {
            problems.add(Messages.ClusterConf_Secret(key));
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

    /** What is likely to be an error; one sentence each. */
    static List<String> warnings(String text) {
        List<String> warnings = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Entry entry : entries(text)) {
            if (!entry.key().startsWith(KeyPrefixes.SPARK)) {
                warnings.add(Messages.ClusterConf_NotSpark(entry.number()));
            } else if (!seen.add(entry.key())) {
                warnings.add(Messages.ClusterConf_Twice(entry.key()));
            }
        }
        warnings.addAll(Misspellings.warnings(SparkConf.of(parse(text))));
        return warnings;
    }
}
