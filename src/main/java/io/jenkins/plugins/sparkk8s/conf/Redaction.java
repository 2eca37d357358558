package io.jenkins.plugins.sparkk8s.conf;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Keeps secret values out of logs and errors: the value of a key that looks secret is replaced before it is shown.
 *
 * <p>The rule is Spark's {@code spark.redaction.regex}. It concerns what we print; the driver still gets the value.
 */
public final class Redaction {
    /** Spark's default of {@code spark.redaction.regex}. */
    public static final String DEFAULT_REGEX = "(?i)secret|password|token|access[.]?key";

    /** What is shown in place of a secret value; Spark's own text. */
    public static final String REPLACEMENT = "*********(redacted)";

    private static final Redaction DEFAULTS = new Redaction(Pattern.compile(DEFAULT_REGEX));

    private final Pattern pattern;

    private Redaction(Pattern pattern) {
        this.pattern = pattern;
    }

    public static Redaction defaults() {
        return DEFAULTS;
    }

    /**
     * The rule of this configuration.
     *
     * @throws ConfigurationException when {@code spark.redaction.regex} is no regular expression
     */
    public static Redaction of(SparkConf conf) {
        String regex = conf.get(CoreOptions.REDACTION_REGEX);
        try {
            return new Redaction(Pattern.compile(regex));
        } catch (PatternSyntaxException e) {
            throw new ConfigurationException(
                    "The value of %s is not a regular expression: %s. Correct it, or leave it out for the default %s."
                            .formatted(CoreOptions.REDACTION_REGEX.key(), e.getDescription(), DEFAULT_REGEX));
        }
    }

    public boolean isSecret(String key) {
        return pattern.matcher(key).find();
    }

    /** The value as it may be shown; as in Spark, a value that itself matches the rule is hidden too. */
    public String value(String key, String value) {
        return isSecret(key) || pattern.matcher(value).find() ? REPLACEMENT : value;
    }

    public SortedMap<String, String> map(Map<String, String> properties) {
        SortedMap<String, String> shown = new TreeMap<>();
        properties.forEach((key, value) -> shown.put(key, value(key, value)));
        return shown;
    }
}
