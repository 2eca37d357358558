package io.jenkins.plugins.sparkk8s.jenkins.step;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The application's arguments as the lines of a text area, one each, without loss: what {@link #format} writes,
 * {@link #parse} reads back.
 *
 * <p>Nothing within a line has a meaning, so that JSON or a regular expression can be pasted. An empty line is nothing;
 * an empty argument is {@code ""}. A backslash at the end of a line continues the argument after a line break, and two
 * stand for one there.
 */
final class ArgumentLines {
    private static final String EMPTY = "\"\"";
    /** So that an argument of quotes alone is not taken for an empty one: it gets two more. */
    private static final Pattern QUOTES_ALONE = Pattern.compile("(\"\")+");

    private ArgumentLines() {}

    static List<String> parse(String text) {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        boolean continued = false;
        for (String line : text.split("\r?\n", -1)) {
            int backslashes = backslashesAtEnd(line);
            argument.append(line, 0, line.length() - backslashes).append("\\".repeat(backslashes / 2));
            boolean continues = backslashes % 2 != 0;
            if (continues) {
                argument.append('\n');
            } else {
                add(arguments, argument.toString(), continued);
                argument.setLength(0);
            }
            continued = continues;
        }
        if (continued) {
            // The last line has no continuation: its backslash is an ordinary one.
            argument.setCharAt(argument.length() - 1, '\\');
            arguments.add(argument.toString());
        }
        return arguments;
    }

    private static void add(List<String> arguments, String argument, boolean continued) {
        if (QUOTES_ALONE.matcher(argument).matches()) {
            arguments.add(argument.substring(EMPTY.length()));
        } else if (continued || !argument.isEmpty()) {
            arguments.add(argument);
        }
    }

    static String format(List<String> arguments) {
        return arguments.stream().map(ArgumentLines::lines).collect(Collectors.joining("\n"));
    }

    /** Only a script can have given null, which the submission refuses. */
    private static String lines(String argument) {
        if (argument == null) {
            return EMPTY;
        }
        if (argument.isEmpty() || QUOTES_ALONE.matcher(argument).matches()) {
            return argument + EMPTY;
        }
        return argument.replace("\r\n", "\n")
                .lines()
                .map(line -> line + "\\".repeat(backslashesAtEnd(line)))
                .collect(Collectors.joining("\\\n", "", argument.endsWith("\n") ? "\\\n" : ""));
    }

    private static int backslashesAtEnd(String line) {
        int start = line.length();
        while (start > 0 && line.charAt(start - 1) == '\\') {
            start--;
        }
        return line.length() - start;
    }
}
