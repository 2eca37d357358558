package io.jenkins.plugins.sparkk8s.monitor.output;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes text from a pod safe to print: a log line, a message or a reason is written by strangers, and could otherwise
 * move the cursor, colour the console, forge a line of ours or fill the disk.
 */
public final class TextSanitizer {
    /** Longest line that is printed, in characters; the rest is cut off and counted. */
    public static final int MAX_LINE = 8 * 1024;

    private static final Pattern ESCAPE_SEQUENCE =
            Pattern.compile("(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*[@-~]?|\\u001b[ -/]*[0-~]?");
    private static final Pattern OPERATING_SYSTEM_COMMAND =
            Pattern.compile("\\u001b[\\]P^_X][^\\u0007\\u001b\\u009c]*(\\u0007|\\u001b\\\\|\\u009c)?");
    private static final Pattern TAB_OR_BREAK = Pattern.compile("[\\t\\n\\r\\u000b\\f\\u0085\\u2028\\u2029]+");
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]");

    private TextSanitizer() {}

    /** One printable line: line breaks become spaces, escape sequences and control characters vanish. */
    public static String line(String text) {
        String plain = text;
        if (needsCleaning(text)) {
            plain = OPERATING_SYSTEM_COMMAND.matcher(plain).replaceAll("");
            plain = ESCAPE_SEQUENCE.matcher(plain).replaceAll("");
            plain = TAB_OR_BREAK.matcher(plain).replaceAll(" ");
            plain = CONTROL.matcher(plain).replaceAll("");
        }
        return capped(plain);
    }

    /** The lines of a text, each made printable; of a long text only the last ones. */
    public static List<String> lastLines(String text, int most) {
        List<String> lines = text.lines()
                .map(TextSanitizer::line)
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.subList(Math.max(0, lines.size() - most), lines.size());
    }

    private static boolean needsCleaning(String text) {
        return text.chars().anyMatch(c -> c < ' ' || c >= 0x7f);
    }

    private static String capped(String text) {
        if (text.length() <= MAX_LINE) {
            return text;
        }
        int cut = Character.isHighSurrogate(text.charAt(MAX_LINE - 1)) ? MAX_LINE - 1 : MAX_LINE;
        return "%s… (%d more characters)".formatted(text.substring(0, cut), text.length() - cut);
    }
}
