package io.jenkins.plugins.sparkk8s.jenkins.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Configuration entries as the lines of a text area, one each, without loss: what {@link #format} writes, {@link #parse}
 * reads back.
 *
 * <p>Lines look as in {@code spark-defaults.conf}: {@code key=value} or {@code key value}; empty lines and those that begin
 * with {@code #} or {@code !} are nothing; a key alone has the value null, which no submission takes. Unlike there, a backslash that begins none of the three escapes (a line break, a
 * backslash, a character by its code) stands for itself, so that a regular expression or a Windows path survives.
 */
public final class ConfText {
    private static final Pattern LINE = Pattern.compile("([^=\\s]*)\\s*(=?)\\s*(.*)", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(\\\\|n|u[0-9a-fA-F]{4})");

    /**
     * One line.
     *
     * @param number of the line, from 1
     * @param separated whether a value follows the key, if only an empty one
     */
    public record Entry(int number, String key, String value, boolean separated) {}

    private ConfText() {}

    /** The entries in the order of the lines; of a key that is there twice the last counts. Never fails. */
    public static Map<String, String> parse(String text) {
        Map<String, String> conf = new LinkedHashMap<>();
        entries(text).forEach(entry -> conf.put(entry.key(), entry.separated() ? entry.value() : null));
        return conf;
    }

    /** All lines that are not nothing, also those that are no good entry. */
    public static List<Entry> entries(String text) {
        List<Entry> entries = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            String own = line.strip();
            if (!own.isEmpty() && own.charAt(0) != '#' && own.charAt(0) != '!') {
                entries.add(entry(number, own));
            }
        }
        return entries;
    }

    private static Entry entry(int number, String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalStateException("every text has these parts: " + line);
        }
        boolean separated = !parts.group(2).isEmpty() || !parts.group(3).isEmpty();
        return new Entry(number, unescape(parts.group(1)), unescape(parts.group(3)), separated);
    }

    /** One line for each entry, in the order of the map. */
    public static String format(Map<String, String> conf) {
        return conf.entrySet().stream()
                .map(entry -> entry.getValue() == null
                        ? key(entry.getKey())
                        : key(entry.getKey()) + "=" + value(entry.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String key(String key) {
        String escaped = escape(key, c -> c == '=' || Character.isWhitespace(c));
        return escaped.startsWith("#") || escaped.startsWith("!")
                ? code(escaped.charAt(0)) + escaped.substring(1)
                : escaped;
    }

    /** A blank at either end would be cut off. */
    private static String value(String value) {
        String escaped = escape(value, c -> false);
        int last = escaped.length() - 1;
        if (last >= 0 && Character.isWhitespace(escaped.charAt(last))) {
            escaped = escaped.substring(0, last) + code(escaped.charAt(last));
        }
        return !escaped.isEmpty() && Character.isWhitespace(escaped.charAt(0))
                ? code(escaped.charAt(0)) + escaped.substring(1)
                : escaped;
    }

    private interface Special {
        boolean test(char c);
    }

    private static String escape(String text, Special special) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c == '\\') {
                escaped.append("\\\\");
            } else if (c == '\n') {
                escaped.append("\\n");
            } else if (c != '\t' && Character.isISOControl(c) || special.test(c)) {
                escaped.append(code(c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String code(char c) {
        return "\\u%04x".formatted((int) c);
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(meaning(escape.group(1))));
    }

    private static String meaning(String escape) {
        return switch (escape.charAt(0)) {
            case 'n' -> "\n";
            case 'u' -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
            default -> "\\";
        };
    }
}
