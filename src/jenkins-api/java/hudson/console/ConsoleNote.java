package hudson.console;

public abstract class ConsoleNote<T> {
    public static final String PREAMBLE_STR = "\u001b[8mha:";

    public static String removeNotes(String line) {
        return line.replace(PREAMBLE_STR, "");
    }
}
