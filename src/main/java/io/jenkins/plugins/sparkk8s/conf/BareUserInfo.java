package io.jenkins.plugins.sparkk8s.conf;

import java.util.List;

/**
 * User info before a host and a port without any scheme, {@code user:password@host:port}, as people write proxies. A word counts
 * only if a port follows: {@code spark:3.5@sha256:…} is an image. Reads a text once, whatever is in it.
 */
final class BareUserInfo {
    private static final int LONGEST_PORT = 5;

    private BareUserInfo() {}

    static String hide(String text) {
        if (text.indexOf('@') < 0) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        int copied = 0;
        for (int word = nextWord(text, 0); word < text.length(); word = nextWord(text, endOfWord(text, word))) {
            int colon = colon(text, word);
            if (colon >= 0) {
                shown.append(text, copied, colon + 1).append(Redaction.REPLACEMENT);
                copied = lastAt(text, word, endOfWord(text, word));
            }
        }
        return shown.append(text, copied, text.length()).toString();
    }

    /** Adds the passwords as they stand there. */
    static void addTo(List<String> secrets, String text) {
        for (int word = nextWord(text, 0); word < text.length(); word = nextWord(text, endOfWord(text, word))) {
            int colon = colon(text, word);
            if (colon >= 0) {
                secrets.add(text.substring(colon + 1, lastAt(text, word, endOfWord(text, word))));
            }
        }
    }

    /** Where the user's name ends; -1 when the word has no user info, or is a URL. */
    private static int colon(String text, int word) {
        int end = endOfWord(text, word);
        int at = lastAt(text, word, end);
        if (at < 0 || !isHostAndPort(text, at + 1, end)) {
            return -1;
        }
        int colon = -1;
        for (int i = word; i < at; i++) {
            if (text.startsWith("://", i)) {
                return -1;
            }
            colon = colon < 0 && text.charAt(i) == ':' ? i : colon;
        }
        return colon <= word || colon + 1 == at ? -1 : colon;
    }

    private static boolean isHostAndPort(String text, int from, int end) {
        int colon = from;
        while (colon < end && isOfHost(text.charAt(colon))) {
            colon++;
        }
        int after = colon + 1;
        while (after < end && isDigit(text.charAt(after))) {
            after++;
        }
        int digits = after - colon - 1;
        return colon > from
                && colon < end
                && text.charAt(colon) == ':'
                && digits > 0
                && digits <= LONGEST_PORT
                && (after == end || !Character.isLetterOrDigit(text.charAt(after)));
    }

    private static int lastAt(String text, int from, int end) {
        int at = end - 1;
        while (at >= from && text.charAt(at) != '@') {
            at--;
        }
        return at < from ? -1 : at;
    }

    private static int nextWord(String text, int from) {
        int word = from;
        while (word < text.length() && isBetweenWords(text.charAt(word))) {
            word++;
        }
        return word;
    }

    private static int endOfWord(String text, int from) {
        int end = from;
        while (end < text.length() && !isBetweenWords(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isBetweenWords(char c) {
        return Character.isWhitespace(c) || c == '"' || c == '\'' || c == '<' || c == '>';
    }

    private static boolean isOfHost(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
