package hudson.console;

import java.util.Collection;
import java.util.List;

public abstract class ConsoleNote<T> {
    public static final String PREAMBLE_STR = "\u001B[8mha:";
    public static final String POSTAMBLE_STR = "\u001B[0m";

    public static List<String> removeNotes(Collection<String> logLines) {
        return logLines.stream().map(ConsoleNote::removeNotes).toList();
    }

    public static String removeNotes(String line) {
        String rest = line;
        for (int begin = rest.indexOf(PREAMBLE_STR); begin >= 0; begin = rest.indexOf(PREAMBLE_STR)) {
            int end = rest.indexOf(POSTAMBLE_STR, begin);
            if (end < 0) {
                return rest;
            }
            rest = rest.substring(0, begin) + rest.substring(end + POSTAMBLE_STR.length());
        }
        return rest;
    }
}
