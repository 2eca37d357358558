package io.jenkins.plugins.sparkk8s.conf;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds many texts in a single pass, so that a line costs about the same for one secret and for the many lines of a key
 * file. What is found in overlapping places is hidden as a whole; of texts that begin alike the longest counts.
 */
final class SecretSearch {
    /** The shortest text that is looked for. */
    static final int SHORTEST = 4;
    /** From here on a text is found inside of words, too. */
    static final int SHORT = 8;

    private static final int MOST_BUCKETS = 1 << 12;
    /** Buckets for each text, so that a bucket has one at most, mostly. */
    private static final int BUCKETS_EACH = 16;

    private final Set<String> texts;
    /** As many as a power of two; each application has a mask, and most of them few secrets. */
    private final String[][] byBeginning;

    /** @param texts shorter ones than {@value #SHORTEST} characters are left out */
    SecretSearch(Collection<String> texts) {
        Set<String> kept = new LinkedHashSet<>();
        texts.stream()
                .filter(text -> text.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(text -> -text.length()))
                .forEach(kept::add);
        this.texts = kept;
        this.byBeginning = new String[buckets(kept.size())][];
        for (String text : kept) {
            int bucket = bucket(text, 0);
            String[] before = byBeginning[bucket] == null ? new String[0] : byBeginning[bucket];
            String[] grown = Arrays.copyOf(before, before.length + 1);
            grown[before.length] = text;
            byBeginning[bucket] = grown;
        }
    }

    private static int buckets(int texts) {
        return Integer.highestOneBit(Math.min(MOST_BUCKETS, Math.max(1, texts * BUCKETS_EACH)));
    }

    private int bucket(String text, int at) {
        int hash = text.charAt(at);
        hash = 31 * hash + text.charAt(at + 1);
        hash = 31 * hash + text.charAt(at + 2);
        hash = 31 * hash + text.charAt(at + 3);
        return (hash ^ hash >>> 12) & byBeginning.length - 1;
    }

    Set<String> texts() {
        return texts;
    }

    /** The text with {@link Redaction#REPLACEMENT} for all that is found; what was replaced before stays as it is. */
    String hideIn(String text) {
        if (texts.isEmpty()) {
            return text;
        }
        StringBuilder shown = null;
        int copied = 0;
        int from = 0;
        int end = 0;
        for (int at = 0; at + SHORTEST <= text.length(); at++) {
            if (text.charAt(at) == '*' && text.startsWith(Redaction.REPLACEMENT, at)) {
                at += Redaction.REPLACEMENT.length() - 1;
                continue;
            }
            int found = endOfMatch(text, at);
            if (found > end && at >= end) {
                shown = append(shown, text, copied, from, end);
                copied = end;
                from = at;
            }
            end = Math.max(end, found);
        }
        return end == 0
                ? text
                : append(shown, text, copied, from, end)
                        .append(text, end, text.length())
                        .toString();
    }

    /** What is between the last hidden part and this one, and the replacement of this one, if there is one. */
    private static StringBuilder append(StringBuilder shown, String text, int copied, int from, int end) {
        StringBuilder longer = shown == null ? new StringBuilder(text.length()) : shown;
        if (end > from) {
            longer.append(text, copied, from).append(Redaction.REPLACEMENT);
        }
        return longer;
    }

    /** Zero when no text begins here. */
    private int endOfMatch(String text, int at) {
        String[] candidates = byBeginning[bucket(text, at)];
        if (candidates == null) {
            return 0;
        }
        for (String candidate : candidates) {
            int end = at + candidate.length();
            if (text.startsWith(candidate, at) && (candidate.length() >= SHORT || isWord(text, at, end))) {
                return end;
            }
        }
        return 0;
    }

    /** Hides one text, however short it is; one of less than {@value #SHORT} characters where it is a word of its own. */
    static String hideIn(String text, String secret) {
        if (secret.isEmpty() || !text.contains(secret)) {
            return text;
        }
        if (secret.length() >= SHORT) {
            return text.replace(secret, Redaction.REPLACEMENT);
        }
        StringBuilder shown = new StringBuilder();
        int copied = 0;
        for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
            if (at >= copied && isWord(text, at, at + secret.length())) {
                shown.append(text, copied, at).append(Redaction.REPLACEMENT);
                copied = at + secret.length();
            }
        }
        return shown.append(text, copied, text.length()).toString();
    }

    private static boolean isWord(String text, int from, int end) {
        boolean begins = from == 0 || !isWordPart(text.charAt(from - 1)) && text.charAt(from - 1) != '.';
        if (!begins || end == text.length()) {
            return begins;
        }
        char next = text.charAt(end);
        boolean dotted = next == '.'
                && end + 1 < text.length()
                && isWordPart(text.charAt(end + 1))
                && text.charAt(end + 1) != '-';
        return !isWordPart(next) && !dotted;
    }

    private static boolean isWordPart(char character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || character == '_'
                || character == '-';
    }

    /** How many characters at the end of a text are the beginning of one that is looked for. */
    int beginningAtTheEndOf(String text) {
        return texts.stream()
                .mapToInt(secret -> endInCommon(text, secret))
                .max()
                .orElse(0);
    }

    private static int endInCommon(String text, String secret) {
        for (int length = Math.min(secret.length() - 1, text.length()); length >= SHORTEST; length--) {
            if (text.regionMatches(text.length() - length, secret, 0, length)) {
                return length;
            }
        }
        return 0;
    }

    /** How many characters at the beginning of a text are the end of one that is looked for. */
    int endingAtTheBeginningOf(String text) {
        return texts.stream()
                .mapToInt(secret -> beginningInCommon(text, secret))
                .max()
                .orElse(0);
    }

    private static int beginningInCommon(String text, String secret) {
        for (int length = Math.min(secret.length() - 1, text.length()); length >= SHORTEST; length--) {
            if (text.regionMatches(0, secret, secret.length() - length, length)
                    && (length >= SHORT || isWord(text, 0, length))) {
                return length;
            }
        }
        return 0;
    }
}
