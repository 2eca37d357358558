package io.jenkins.plugins.sparkk8s.jenkins;

import io.jenkins.plugins.sparkk8s.monitor.ApplicationOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The build log of an application that an earlier controller had shown the beginning of: leaves out the lines of the
 * driver's log that are already there, so that none is lost and none repeated, however that controller ended.
 *
 * <p>The log is read again from somewhat before the place that the earlier controller had reached. The lines that come
 * first are known if, together, they are how the build log ends. Until that is certain they are held back.
 */
final class ResumedOutput implements ApplicationOutput {
    /** How {@code ApplicationMonitor} marks what the driver wrote. */
    static final String DRIVER_LINE = "[driver] | ";

    private final ApplicationOutput output;
    private final List<String> shown;
    private final List<String> held = new ArrayList<>();

    /** Where in the shown lines the held ones may have begun; empty when they are not there. */
    private List<Integer> beginnings;

    /** How many of the held lines are how the shown ones end; the greatest found so far. */
    private int known;

    /** @param log the last lines of the build log, of any kind */
    ResumedOutput(ApplicationOutput output, List<String> log) {
        this.output = output;
        this.shown = log.stream().filter(ResumedOutput::isDriverLine).toList();
        this.beginnings = IntStream.range(0, shown.size()).boxed().toList();
    }

    private static boolean isDriverLine(String line) {
        return line.startsWith(DRIVER_LINE);
    }

    @Override
    public synchronized void line(String text) {
        if (!isDriverLine(text) || beginnings.isEmpty()) {
            output.line(text);
            return;
        }
        int place = held.size();
        held.add(text);
        beginnings = beginnings.stream()
                .filter(from ->
                        from + place < shown.size() && shown.get(from + place).equals(text))
                .toList();
        if (beginnings.contains(shown.size() - held.size())) {
            known = held.size();
        }
        if (beginnings.stream().noneMatch(from -> from + held.size() < shown.size())) {
            release();
        }
    }

    /** No further line comes. */
    synchronized void end() {
        release();
    }

    private void release() {
        held.subList(known, held.size()).forEach(output::line);
        held.clear();
        known = 0;
        beginnings = List.of();
    }
}
