package io.jenkins.plugins.sparkk8s.conf;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * User info in URLs, {@code scheme://user:password@host}, which is a secret whatever the key that holds the URL is called. In a
 * URL of the web a user alone can be a token, and is hidden too; elsewhere it may name a container, as in
 * {@code abfss://container@account}, and is shown. Takes time in proportion to the text.
 */
final class UrlPasswords {
    private static final Logger LOGGER = Logger.getLogger(UrlPasswords.class.getName());
    private static final String START = "://";
    private static final Set<String> WEB = Set.of("http", "https", "webhdfs", "swebhdfs", "ftp", "sftp");

    /** How far a password with a slash in it, which no URL may have, is looked for. */
    private static final int LONGEST_MALFORMED = 512;

    /** A user name of fewer characters is a name and no token. */
    private static final int SHORTEST_TOKEN = 20;

    private UrlPasswords() {}

    /**
     * Where the user info of one URL is, and its secret part.
     *
     * @param from first character of the user info
     * @param secret first character of what is hidden
     * @param end the at sign
     */
    private record UserInfo(int from, int secret, int end) {}

    static String hide(String text) {
        return BareUserInfo.hide(hideInUrls(text));
    }

    private static String hideInUrls(String text) {
        int start = text.indexOf(START);
        if (start < 0 || text.indexOf('@', start) < 0) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        int copied = 0;
        for (; start >= 0; start = text.indexOf(START, start + 1)) {
            UserInfo info = start < copied ? null : userInfo(text, start);
            if (info != null && info.secret() < info.end()) {
                shown.append(text, copied, info.secret()).append(Redaction.REPLACEMENT);
                copied = info.end();
            }
        }
        return shown.append(text, copied, text.length()).toString();
    }

    /** Passwords, and what else in the place of a user is likely to be one; as they stand there and decoded. */
    static List<String> in(String text) {
        List<String> secrets = new ArrayList<>();
        for (int start = text.indexOf(START); start >= 0; start = text.indexOf(START, start + 1)) {
            UserInfo info = userInfo(text, start);
            if (info != null) {
                String whole = text.substring(info.from(), info.end());
                int colon = whole.indexOf(':');
                addSecret(whole.substring(colon + 1), secrets, colon < 0 ? SHORTEST_TOKEN : 1);
                addSecret(whole.substring(0, Math.max(0, colon)), secrets, SHORTEST_TOKEN);
            }
        }
        BareUserInfo.addTo(secrets, text);
        return secrets;
    }

    private static void addSecret(String text, List<String> secrets, int shortest) {
        if (text.length() >= shortest) {
            secrets.add(text);
            String decoded = decoded(text);
            if (!decoded.equals(text)) {
                secrets.add(decoded);
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.FINEST, "User info of a URL is not encoded.");
            return text;
        }
    }

    /** Null when the URL has none. */
    private static UserInfo userInfo(String text, int start) {
        int from = start + START.length();
        int authority = from;
        while (authority < text.length() && !endsAuthority(text.charAt(authority))) {
            authority++;
        }
        int end = lastAt(text, from, authority);
        int colon = indexBefore(text, ':', from, Math.max(end, authority));
        if (end < from) {
            end = malformed(text, authority, colon);
        }
        if (end < from) {
            return null;
        }
        boolean web = WEB.contains(scheme(text, start));
        return new UserInfo(from, web ? from : colon < 0 || colon > end ? end : colon + 1, end);
    }

    /** The at sign behind a password that has a slash; -1 when what is before the slash can be a host and a port. */
    private static int malformed(String text, int slash, int colon) {
        if (colon < 0 || colon + 1 >= slash || isPort(text, colon + 1, slash) || slash == text.length()) {
            return -1;
        }
        int limit = Math.min(text.length(), slash + LONGEST_MALFORMED);
        for (int at = slash; at < limit && !endsUrl(text.charAt(at)); at++) {
            if (text.charAt(at) == '@') {
                return at;
            }
        }
        return -1;
    }

    private static boolean isPort(String text, int from, int end) {
        return text.substring(from, end).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int lastAt(String text, int from, int end) {
        int at = end - 1;
        while (at >= from && text.charAt(at) != '@') {
            at--;
        }
        return at;
    }

    /** Looks no further than the end: a text may have thousands of URLs. */
    private static int indexBefore(String text, char wanted, int from, int end) {
        for (int at = from; at < end; at++) {
            if (text.charAt(at) == wanted) {
                return at;
            }
        }
        return -1;
    }

    private static boolean endsAuthority(char c) {
        return c == '/' || endsUrl(c);
    }

    private static boolean endsUrl(char c) {
        return Character.isWhitespace(c) || c == '"' || c == '<' || c == '>';
    }

    private static String scheme(String text, int start) {
        int from = start;
        while (from > 0 && Character.isLetterOrDigit(text.charAt(from - 1))) {
            from--;
        }
        return text.substring(from, start).toLowerCase(Locale.ROOT);
    }
}
