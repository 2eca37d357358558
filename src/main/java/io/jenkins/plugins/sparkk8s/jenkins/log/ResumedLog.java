package io.jenkins.plugins.sparkk8s.jenkins.log;

import io.jenkins.plugins.sparkk8s.monitor.output.ApplicationOutput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Goes on with the log of an application after a controller that was killed: leaves out what that one had written after its
 * last checkpoint, and what is told again therefore.
 *
 * <p>The driver's lines come again in their order, so each is looked for after the one before, and the first that is not
 * there ends the search. Lines of other applications of the build may stand between them. The others come again in any
 * order, and only those that are still true.
 */
public final class ResumedLog implements ApplicationOutput {
    // How the lines of ApplicationMonitor begin.
    static final String DRIVER_LINE = "[driver] | ";
    static final String COUNTS_LINE = "[spark] executors: ";

    /** What Jenkins writes instead of a secret. */
    private static final String MASK = "****";

    private final ApplicationOutput output;
    private final Deque<String> driverLines = new ArrayDeque<>();
    private final List<String> otherLines = new ArrayList<>();
    private String lastCounts;

    /** @param written the lines of the build's log after the checkpoint */
    public ResumedLog(ApplicationOutput output, List<String> written) {
        this.output = output;
        for (String line : written) {
            if (line.startsWith(DRIVER_LINE)) {
                driverLines.add(line);
            } else if (line.startsWith(COUNTS_LINE)) {
                lastCounts = line;
            } else {
                otherLines.add(line);
            }
        }
    }

    @Override
    public synchronized void line(String text) {
        if (!isWritten(text)) {
            output.line(text);
        }
    }

    /** The written lines that have not come again yet. */
    public synchronized List<String> rest() {
        List<String> rest = new ArrayList<>(driverLines);
        rest.addAll(otherLines);
        if (lastCounts != null) {
            rest.add(lastCounts);
        }
        return rest;
    }

    private boolean isWritten(String text) {
        if (text.startsWith(DRIVER_LINE)) {
            return isWrittenByDriver(text);
        }
        if (text.startsWith(COUNTS_LINE)) {
            boolean written = lastCounts != null && same(lastCounts, text);
            lastCounts = null;
            return written;
        }
        return otherLines.stream()
                .filter(line -> same(line, text))
                .findFirst()
                .map(otherLines::remove)
                .orElse(false);
    }

    private boolean isWrittenByDriver(String text) {
        while (!driverLines.isEmpty()) {
            if (same(driverLines.removeFirst(), text)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(String written, String text) {
        if (!written.contains(MASK)) {
            return written.equals(text);
        }
        String[] parts = Pattern.compile(MASK, Pattern.LITERAL).split(written, -1);
        StringBuilder pattern = new StringBuilder(Pattern.quote(parts[0]));
        for (int i = 1; i < parts.length; i++) {
            pattern.append(".+").append(Pattern.quote(parts[i]));
        }
        return text.matches(pattern.toString());
    }
}
