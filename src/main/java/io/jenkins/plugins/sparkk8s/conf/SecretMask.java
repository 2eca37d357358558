package io.jenkins.plugins.sparkk8s.conf;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides the secret values of one configuration wherever they turn up in a text: in our own sentences, in what an API
 * server or Hadoop answers, in the driver's log. Immutable; made once and asked for every line.
 *
 * <p>Two rules. A text that names a key of a secret never has the key's value, however short it is. Any other text has
 * no secret of {@value SecretSearch#SHORTEST} characters or more; one of less than {@value SecretSearch#SHORT} only where
 * it stands as a word of its own, or a password such as "spark" would make every line unreadable. All that is printed
 * passes through {@link #mask}, all that is thrown through {@link #guard} or {@link #failure}.
 *
 * <p>A mask whose values are not known ({@link #unknown}) hides the texts of others as a whole, see {@link #maskUntrusted}.
 */
public final class SecretMask {
    private static final SecretMask NONE = new SecretMask(Set.of(), Map.of(), false);
    private static final Set<String> SWITCHES = Set.of("true", "false");
    /** The end of a line that was cut for its length, where a secret may have been cut, too. */
    private static final Pattern CUT = Pattern.compile("… \\(\\d+ more characters\\)$");

    private static final String CUT_END = " more characters)";

    /** Stands for the rest of a character of several bytes that was cut. */
    private static final char CUT_CHARACTER = '\uFFFD';

    private final SecretSearch anywhere;
    private final Map<String, Set<String>> besideKey;
    private final boolean unknown;

    private SecretMask(Collection<String> anywhere, Map<String, Set<String>> besideKey, boolean unknown) {
        this.anywhere = new SecretSearch(anywhere);
        this.besideKey = besideKey;
        this.unknown = unknown;
    }

    /** Hides user info in URLs, and nothing else. */
    public static SecretMask none() {
        return NONE;
    }

    /** The mask for secrets whose values are not known any more: no text of others is shown. */
    public static SecretMask unknown() {
        return new SecretMask(Set.of(), Map.of(), true);
    }

    /**
     * The mask of a configuration: values of keys that are marked as secret or look like the key of one, and user info in
     * URLs. A rule that is no regular expression counts as Spark's default, so that the error about it can be shown.
     */
    public static SecretMask of(SparkConf conf) {
        Redaction redaction = Redaction.orDefault(conf);
        Set<String> values = new LinkedHashSet<>();
        Map<String, Set<String>> besideKey = new LinkedHashMap<>();
        conf.toMap().forEach((key, value) -> {
            if (redaction.isSecret(key, value)) {
                values.addAll(hiddenAnywhere(key, value, conf.secretKeys().contains(key)));
            }
            if (!redaction.value(key, value).equals(value) && redaction.hidesInOwnSentences(key, value)) {
                besideKey.put(key, parts(value));
            }
            values.addAll(UrlPasswords.in(value));
        });
        return new SecretMask(forms(values), besideKey, false);
    }

    private static Collection<String> hiddenAnywhere(String key, String value, boolean marked) {
        boolean plain = Redaction.namesObjects(key) || SWITCHES.contains(value) || ConfigOptions.isMeasure(key);
        return marked || !plain ? List.of(value) : List.of();
    }

    /** A complaint may be about one entry of a list, or about the trimmed text. */
    private static Set<String> parts(String value) {
        Set<String> parts = new LinkedHashSet<>();
        parts.add(value);
        parts.add(value.strip());
        Arrays.stream(value.split(",")).map(String::strip).forEach(parts::add);
        parts.remove("");
        return parts;
    }

    private static Set<String> forms(Collection<String> values) {
        Set<String> forms = new LinkedHashSet<>();
        values.forEach(value -> forms.addAll(SecretForms.of(value)));
        return forms;
    }

    /** A mask that hides these texts as well, each in every form it may take. */
    public SecretMask and(Collection<String> texts) {
        Set<String> more = new LinkedHashSet<>(anywhere.texts());
        more.addAll(forms(texts));
        return new SecretMask(more, besideKey, unknown);
    }

    /** A mask that hides what either hides. */
    public SecretMask and(SecretMask other) {
        Set<String> all = new LinkedHashSet<>(anywhere.texts());
        all.addAll(other.anywhere.texts());
        Map<String, Set<String>> keys = new LinkedHashMap<>(besideKey);
        other.besideKey.forEach((key, values) -> keys.merge(key, values, SecretMask::union));
        return new SecretMask(all, keys, unknown || other.unknown);
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(others);
        return all;
    }

    /**
     * A hash of what is hidden anywhere, the same for the same values.
     *
     * @param keyedHash makes it; its key must be secret, or a short password could be found by trying
     * @return empty when nothing is hidden anywhere
     */
    public Optional<String> digest(UnaryOperator<String> keyedHash) {
        return anywhere.texts().isEmpty()
                ? Optional.empty()
                : Optional.of(keyedHash.apply(String.join("\n", new TreeSet<>(anywhere.texts()))));
    }

    /** Whether values are not known, so that only {@link #maskUntrusted} keeps them from being shown. */
    public boolean isUnknown() {
        return unknown;
    }

    /** The text as it may be shown. */
    public String mask(String text) {
        String masked = anywhere.hideIn(text);
        for (Map.Entry<String, Set<String>> own : besideKey.entrySet()) {
            if (text.contains(own.getKey())) {
                for (String value : own.getValue()) {
                    masked = SecretSearch.hideIn(masked, value);
                }
            }
        }
        return withoutCutSecret(UrlPasswords.hide(masked));
    }

    /**
     * As {@link #mask}, for a text that the application, its pods or the API server wrote: when the values are not known,
     * nothing of it is shown.
     */
    public String maskUntrusted(String text) {
        return unknown && !text.isBlank() ? Redaction.REPLACEMENT : mask(text);
    }

    /** As {@link #maskUntrusted}, for a text of which only the last part was kept: it may begin inside a secret. */
    public String maskUntrustedEnd(String text) {
        int from = 0;
        while (from < text.length() && text.charAt(from) == CUT_CHARACTER) {
            from++;
        }
        int secret = anywhere.endingAtTheBeginningOf(text.substring(from));
        return secret == 0 ? maskUntrusted(text) : Redaction.REPLACEMENT + maskUntrusted(text.substring(from + secret));
    }

    private String withoutCutSecret(String text) {
        if (!text.endsWith(CUT_END)) {
            return text;
        }
        Matcher cut = CUT.matcher(text);
        if (!cut.find()) {
            return text;
        }
        String head = text.substring(0, cut.start());
        int secret = anywhere.beginningAtTheEndOf(head);
        return secret == 0
                ? text
                : head.substring(0, head.length() - secret) + Redaction.REPLACEMENT + text.substring(cut.start());
    }

    /**
     * Runs a step whose complaints about the configuration are then free of secrets.
     *
     * @throws ConfigurationException as the step does, with its sentences masked
     */
    public <T> T guard(Supplier<T> step) {
        try {
            return step.get();
        } catch (ConfigurationException e) {
            throw e.masked(this);
        }
    }

    /**
     * The failure if neither it nor anything that it was caused by or suppressed has a secret; else a copy that has the same
     * stack traces, masked.
     *
     * @param failure null stays null
     */
    public Throwable failure(Throwable failure) {
        return failure == null || !hasSecret(failure, 0) ? failure : copy(failure, 0);
    }

    private boolean hasSecret(Throwable failure, int depth) {
        if (failure == null || depth == MaskedFailure.MOST_CAUSES) {
            return false;
        }
        String text = failure.toString();
        return !mask(text).equals(text)
                || hasSecret(failure.getCause(), depth + 1)
                || Arrays.stream(failure.getSuppressed()).anyMatch(other -> hasSecret(other, depth + 1));
    }

    private Throwable copy(Throwable failure, int depth) {
        if (failure == null || depth == MaskedFailure.MOST_CAUSES) {
            return null;
        }
        return new MaskedFailure(mask(failure.toString()), copy(failure.getCause(), depth + 1), failure);
    }
}
