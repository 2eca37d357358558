package io.jenkins.plugins.sparkk8s.conf;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Keeps secret values out of logs and errors: the value of a key that looks secret is replaced before it is shown.
 *
 * <p>The rule is Spark's {@code spark.redaction.regex}, and beside it one of our own, which has the keys of well-known storages
 * and libraries that Spark's default passes over. It concerns what we print and refuse; the driver still gets the value.
 */
public final class Redaction {
    /** Spark's default of {@code spark.redaction.regex}. */
    public static final String DEFAULT_REGEX = "(?i)secret|password|token|access[.]?key";

    /** What is shown in place of a secret value; Spark's own text. */
    public static final String REPLACEMENT = "*********(redacted)";

    private static final String TOKEN_OF_API_SERVER = "oauthToken";

    /** Keys of secrets that Spark's default rule does not match: of Azure, Google, S3, and by words for a password. */
    private static final Pattern WELL_KNOWN = Pattern.compile(
            String.join(
                    "|",
                    "fs\\.azure\\.(account\\.key|sas)\\b",
                    "private[._-]?key([._-]id)?$",
                    "encryption[._-]?key$",
                    "(account|api|shared)[._-]?key$",
                    "pass[._-]?phrase",
                    "passwd\\b",
                    "pwd$"),
            Pattern.CASE_INSENSITIVE);

    /** Those that name where a secret is, and not the secret. */
    private static final Pattern NAMES_A_LOCATION =
            Pattern.compile("(file|path|provider|type|class|alias|algorithm)$", Pattern.CASE_INSENSITIVE);

    private static final Pattern NAMES_A_FILE = Pattern.compile("file$", Pattern.CASE_INSENSITIVE);

    private static final Redaction DEFAULTS = new Redaction(Pattern.compile(DEFAULT_REGEX), Set.of());

    /**
     * Keys that match Spark's default rule because they name a Secret or an entry of one, where one is mounted, or the file
     * that has the secret.
     */
    private static final Pattern NAMES_OBJECTS = Pattern.compile(
            "spark\\.kubernetes\\.(container\\.image\\.pullSecrets|kerberos\\.tokenSecret\\.(name|itemKey)|(driver|executor)\\.(secrets|secretKeyRef)\\..+|authenticate\\..+File)");

    private final Pattern pattern;
    private final Set<String> marked;

    private Redaction(Pattern pattern, Set<String> marked) {
        this.pattern = pattern;
        this.marked = marked;
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
            return new Redaction(Pattern.compile(regex), conf.secretKeys());
        } catch (PatternSyntaxException e) {
            throw new ConfigurationException(
                    "The value of %s is not a regular expression: %s. Correct it, or leave it out for the default %s."
                            .formatted(CoreOptions.REDACTION_REGEX.key(), e.getDescription(), DEFAULT_REGEX));
        }
    }

    /** As {@link #of}; Spark's default when the rule of this configuration is no regular expression. */
    static Redaction orDefault(SparkConf conf) {
        try {
            return of(conf);
        } catch (ConfigurationException e) {
            return new Redaction(DEFAULTS.pattern, conf.secretKeys());
        }
    }

    /**
     * Whether the key is marked as secret ({@link SparkConf#withSecrets}), holds a token for the API server, which Spark
     * hides whatever the rule is, matches the rule, or is the well-known key of a secret. What only refers to a secret is
     * none, unless a rule of the user's own says so.
     */
    public boolean isSecret(String key) {
        return marked.contains(key)
                || key.endsWith(TOKEN_OF_API_SERVER)
                || matches(key) && !isReference(key)
                || isWellKnown(key);
    }

    private boolean isReference(String key) {
        return namesObjects(key) && pattern.pattern().equals(DEFAULT_REGEX);
    }

    /**
     * As {@link #isSecret(String)}, by the value, too: the path of a file with a secret is none, and a value that is no
     * reference although it should be one may be the secret itself.
     */
    boolean isSecret(String key, String value) {
        boolean misplaced = key.contains(".secretKeyRef.") && value.indexOf(':') < 0
                || key.contains(".secrets.") && !value.startsWith("/");
        boolean path = isPath(key, value) && !marked.contains(key) && !isWellKnown(key);
        return isSecret(key) && !path || misplaced && isReference(key);
    }

    /** Of a key such as {@code spark.authenticate.secret.file}, unless a rule of the user's own matches it. */
    private boolean isPath(String key, String value) {
        return value.indexOf('/') >= 0
                && NAMES_A_FILE.matcher(key).find()
                && pattern.pattern().equals(DEFAULT_REGEX);
    }

    private static boolean isWellKnown(String key) {
        return WELL_KNOWN.matcher(key).find() && !NAMES_A_LOCATION.matcher(key).find();
    }

    /** Whether the key matches the rule; this is all that Spark itself goes by, in its UI and its event log. */
    public boolean matches(String key) {
        return pattern.matcher(key).find();
    }

    /** Whether the value is not shown in an error about the key. The name of an object that is not there must be. */
    boolean hidesInOwnSentences(String key, String value) {
        return isSecret(key, value) || !isReference(key) && !isPath(key, value);
    }

    /** Whether the key, although Spark's default rule matches it, holds the name of an object or a path and no secret. */
    public static boolean namesObjects(String key) {
        return NAMES_OBJECTS.matcher(key).matches();
    }

    /**
     * The value as it may be shown; as in Spark, a value that itself matches the rule is hidden too, and so is user
     * info in a URL.
     */
    public String value(String key, String value) {
        boolean looksSecret = pattern.matcher(value).find() && !isReference(key) && !isPath(key, value);
        return isSecret(key, value) || looksSecret ? REPLACEMENT : UrlPasswords.hide(value);
    }

    public SortedMap<String, String> map(Map<String, String> properties) {
        SortedMap<String, String> shown = new TreeMap<>();
        properties.forEach((key, value) -> shown.put(key, value(key, value)));
        return shown;
    }
}
