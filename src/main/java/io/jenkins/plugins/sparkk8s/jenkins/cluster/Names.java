package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists of names that an administrator writes into one field. */
final class Names {
    private static final Pattern BETWEEN_NAMESPACES = Pattern.compile("[,\\s]+");

    private Names() {}

    /** Namespaces or patterns of them; none when the text is null. */
    static List<String> namespaces(String text) {
        return text == null
                ? List.of()
                : BETWEEN_NAMESPACES
                        .splitAsStream(text)
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    /** What stands in each line; none when the text is null. */
    static List<String> lines(String text) {
        return text == null
                ? List.of()
                : text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
    }

    /** Full names of folders and jobs, without slashes around them; none when the text is null. */
    static List<String> folders(String text) {
        return text == null
                ? List.of()
                : text.lines()
                        .map(line -> line.strip().replaceAll("^/+|/+$", ""))
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    /** Whether a name fits a pattern, in which each {@code *} stands for any characters. */
    static boolean matches(String pattern, String name) {
        String regex = Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return name.matches(regex);
    }

    /** Whether an item is the folder itself or anywhere in it. */
    static boolean isIn(String folder, String item) {
        return item.equals(folder) || item.startsWith(folder + "/");
    }
}
