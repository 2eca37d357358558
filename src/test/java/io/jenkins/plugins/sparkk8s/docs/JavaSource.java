package io.jenkins.plugins.sparkk8s.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words of a Java file by their readers: strings for users, comments and names for developers. */
record JavaSource(String text) {
    private static final Pattern TOKEN = Pattern.compile("(?s)\"\"\"(?<block>.*?)(?<!\\\\)\"\"\""
            + "|\"(?<string>(?:[^\"\\\\\n]++|\\\\.)*+)\""
            + "|'(?:\\\\.|[^'\\\\\n])+'"
            + "|/\\*(?<comment>.*?)\\*/"
            + "|//(?<line>[^\n]*)"
            + "|(?<name>[\\p{L}_$][\\p{L}\\p{N}_$]*)");

    private static final Pattern CONCATENATION = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern CODE_TAG = Pattern.compile("\\{@(?:code|link|linkplain|literal|value)\\b[^}]*}");
    private static final Pattern WORD = Pattern.compile("\\p{Lu}?\\p{Ll}+|\\p{Lu}+(?!\\p{Ll})");

    /** Texts in quotes; those that are concatenated are one, since a phrase can span them. */
    List<String> strings() {
        return tokens(CONCATENATION.matcher(text).replaceAll(""), "block", "string");
    }

    /** Comments and Javadoc without the code that they quote. */
    List<String> comments() {
        return tokens(text, "comment", "line").stream()
                .map(comment -> CODE_TAG.matcher(comment).replaceAll("``").replaceAll("\n\\s*\\*", "\n"))
                .toList();
    }

    /** Each name once, as words: {@code isListedByPod} is "is listed by pod". */
    List<String> names() {
        return tokens(text, "name").stream().distinct().map(JavaSource::words).toList();
    }

    private static String words(String name) {
        return WORD.matcher(name)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining(" "))
                .toLowerCase(Locale.ROOT);
    }

    private static List<String> tokens(String text, String... kinds) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            for (String kind : kinds) {
                if (matcher.group(kind) != null) {
                    tokens.add(matcher.group(kind));
                }
            }
        }
        return tokens;
    }
}
