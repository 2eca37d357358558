package io.jenkins.plugins.sparkk8s.conf;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The password in {@code scheme://user:password@host}, which is a secret whatever the key that holds the URL is called. */
final class UrlPasswords {
    private static final Pattern USER_AND_PASSWORD = Pattern.compile("(://[^/\\s:@]*):([^/\\s]+)@");
    private static final String REPLACEMENT = "$1:" + Redaction.REPLACEMENT.replace("$", "\\$") + "@";

    private UrlPasswords() {}

    static String hide(String text) {
        return text.contains("://") ? USER_AND_PASSWORD.matcher(text).replaceAll(REPLACEMENT) : text;
    }

    static List<String> in(String text) {
        return USER_AND_PASSWORD
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(2))
                .toList();
    }
}
