package io.jenkins.plugins.sparkk8s.conf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Hides the secret values of one configuration wherever they turn up in a text: in our own sentences, in what an API
 * server or Hadoop answers, in the driver's log. Immutable; made once and asked for every line.
 *
 * <p>Two rules. A text that names a key of a secret never has the key's value, however short it is. Any other text has
 * no secret of {@value #SHORTEST} characters or more; one of less than {@value #SHORT} only where it stands as a word of
 * its own, or a password such as "spark" would make every line unreadable. Whoever prints passes every line through
 * {@link #mask}, whoever throws through {@link #guard}.
 */
public final class SecretMask {
    /** The shortest secret that is looked for in any text. */
    static final int SHORTEST = 4;
    /** From here on a secret is hidden inside of words, too. */
    static final int SHORT = 8;

    private static final SecretMask NONE = new SecretMask(List.of(), List.of());
    private static final Set<String> SWITCHES = Set.of("true", "false");
    /** The end of a line that was cut for its length, where a secret may have been cut, too. */
    private static final Pattern CUT = Pattern.compile("… \\(\\d+ more characters\\)$");

    private record Needle(String text, Pattern asWord) {
        static Needle of(String text) {
            boolean anywhere = text.length() >= SHORT;
            return new Needle(
                    text,
                    anywhere ? null : Pattern.compile("(?<![\\w.-])" + Pattern.quote(text) + "(?![\\w-]|\\.\\w)"));
        }

        String hideIn(String line) {
            if (!line.contains(text)) {
                return line;
            }
            return asWord == null
                    ? line.replace(text, Redaction.REPLACEMENT)
                    : asWord.matcher(line).replaceAll(Matcher.quoteReplacement(Redaction.REPLACEMENT));
        }
    }

    private record OfKey(String key, Needle value) {}

    private final List<Needle> anywhere;
    private final List<OfKey> besideKey;

    private SecretMask(Collection<Needle> anywhere, Collection<OfKey> besideKey) {
        this.anywhere = anywhere.stream()
                .sorted(Comparator.comparingInt(
                        (Needle needle) -> -needle.text().length()))
                .toList();
        this.besideKey = List.copyOf(besideKey);
    }

    /** Hides passwords in URLs, and nothing else. */
    public static SecretMask none() {
        return NONE;
    }

    /**
     * The mask of a configuration: values of keys that are marked as secret or match {@code spark.redaction.regex}, and
     * passwords in URLs. A rule that is no regular expression counts as Spark's default, so that the error about it can be
     * shown.
     */
    public static SecretMask of(SparkConf conf) {
        Redaction redaction = Redaction.orDefault(conf);
        Set<String> values = new LinkedHashSet<>();
        List<OfKey> besideKey = new ArrayList<>();
        conf.toMap().forEach((key, value) -> {
            if (redaction.isSecret(key)) {
                values.addAll(hiddenAnywhere(key, value, conf.secretKeys().contains(key)));
            }
            if (!redaction.value(key, value).equals(value) && redaction.hidesInOwnSentences(key)) {
                parts(value).map(part -> new OfKey(key, Needle.of(part))).forEach(besideKey::add);
            }
            values.addAll(UrlPasswords.in(value));
        });
        return new SecretMask(needles(values), besideKey);
    }

    private static Collection<String> hiddenAnywhere(String key, String value, boolean marked) {
        boolean plain = Redaction.namesObjects(key) || SWITCHES.contains(value) || ConfigOptions.isMeasure(key);
        return marked || !plain ? List.of(value) : List.of();
    }

    /** A complaint may be about one entry of a list, or about the trimmed text. */
    private static Stream<String> parts(String value) {
        return Stream.concat(Stream.of(value), Arrays.stream(value.split(",")))
                .flatMap(part -> Stream.of(part, part.strip()))
                .filter(part -> !part.isEmpty())
                .distinct();
    }

    private static List<Needle> needles(Collection<String> values) {
        return values.stream()
                .flatMap(value -> SecretForms.of(value).stream())
                .filter(form -> form.length() >= SHORTEST)
                .distinct()
                .map(Needle::of)
                .toList();
    }

    /** A mask that hides these texts as well, each in every form it may take. */
    public SecretMask and(Collection<String> texts) {
        List<Needle> more = new ArrayList<>(anywhere);
        more.addAll(needles(texts));
        return new SecretMask(new LinkedHashSet<>(more), besideKey);
    }

    /** A mask that hides what either hides. */
    public SecretMask and(SecretMask other) {
        List<Needle> all = new ArrayList<>(anywhere);
        all.addAll(other.anywhere);
        List<OfKey> keys = new ArrayList<>(besideKey);
        keys.addAll(other.besideKey);
        return new SecretMask(all, keys);
    }

    /** The text as it may be shown. */
    public String mask(String text) {
        String masked = UrlPasswords.hide(text);
        for (OfKey own : besideKey) {
            if (text.contains(own.key())) {
                masked = own.value().hideIn(masked);
            }
        }
        for (Needle needle : anywhere) {
            masked = needle.hideIn(masked);
        }
        return withoutCutSecret(masked);
    }

    private String withoutCutSecret(String text) {
        if (!text.endsWith(" more characters)")) {
            return text;
        }
        Matcher cut = CUT.matcher(text);
        if (!cut.find()) {
            return text;
        }
        String head = text.substring(0, cut.start());
        int secret = anywhere.stream()
                .mapToInt(needle -> endInCommon(head, needle.text()))
                .max()
                .orElse(0);
        return secret < SHORTEST
                ? text
                : head.substring(0, head.length() - secret) + Redaction.REPLACEMENT + text.substring(cut.start());
    }

    /** How many characters at the end of the head are the beginning of the secret. */
    private static int endInCommon(String head, String secret) {
        for (int length = Math.min(secret.length() - 1, head.length()); length >= SHORTEST; length--) {
            if (head.regionMatches(head.length() - length, secret, 0, length)) {
                return length;
            }
        }
        return 0;
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

    /** The failure if neither it nor a cause of it has a secret; else a copy that has the same stack traces, masked. */
    public Throwable failure(Throwable failure) {
        return failure == null || !hasSecret(failure) ? failure : copy(failure, 0);
    }

    private boolean hasSecret(Throwable failure) {
        int depth = 0;
        for (Throwable link = failure; link != null && depth < MaskedFailure.MOST_CAUSES; link = link.getCause()) {
            String text = link.toString();
            if (!mask(text).equals(text)) {
                return true;
            }
            depth++;
        }
        return false;
    }

    private Throwable copy(Throwable failure, int depth) {
        if (failure == null || depth == MaskedFailure.MOST_CAUSES) {
            return null;
        }
        return new MaskedFailure(mask(failure.toString()), copy(failure.getCause(), depth + 1), failure);
    }
}
