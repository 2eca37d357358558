package io.jenkins.plugins.sparkk8s.jenkins.history;

import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Runs of an application as bars, the oldest at the left: as high as they took, with their phases one above the other. Public only because
 * pages are rendered by reflection.
 */
public final class HistoryChart {
    /** So that few runs are no planks; in bars. */
    private static final int FEWEST = 10;

    /** Keeps a duration in one line beside the chart, where there is little room. */
    private static final char NO_BREAK = '\u00a0';

    private final List<HistoryRow> rows;
    private final long longest;
    private final double mostCoreHours;

    /** @param rows oldest first */
    HistoryChart(List<HistoryRow> rows) {
        this.rows = rows;
        this.longest = rows.stream()
                .map(row -> row.entry().getDurationMillis())
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        this.mostCoreHours = rows.stream()
                .map(row -> row.entry().getCoreHours())
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }

    /** The durations. */
    public List<HistoryBar> getBars() {
        return IntStream.range(0, rows.size())
                .mapToObj(i -> bar(i, phases(rows.get(i).entry())))
                .toList();
    }

    /** Whether core-hours are known. */
    public boolean isMeasured() {
        return mostCoreHours > 0;
    }

    /** The core-hours, of a chart that has some. */
    public List<HistoryBar> getCoreHours() {
        return IntStream.range(0, rows.size())
                .mapToObj(i -> {
                    Double hours = rows.get(i).entry().getCoreHours();
                    double height = hours == null ? 0 : hours / mostCoreHours;
                    return bar(i, List.of(new HistoryBar.Part("cores", 1 - height, height)));
                })
                .toList();
    }

    private HistoryBar bar(int index, List<HistoryBar.Part> parts) {
        return new HistoryBar(rows.get(index), index, Math.max(FEWEST, rows.size()), parts);
    }

    private List<HistoryBar.Part> phases(HistoryEntry entry) {
        List<HistoryBar.Part> parts = new ArrayList<>();
        double top = 1;
        for (HistoryPhase phase : HistoryPhase.values()) {
            double height = Math.min(top, phase.orZero(entry) / (double) Math.max(1, longest));
            if (height > 0) {
                top -= height;
                parts.add(new HistoryBar.Part(phase.toString(), top, height));
            }
        }
        return parts;
    }

    /** What the highest bar stands for. */
    public String getLongest() {
        return Messages.Chart_longest(duration().replace(' ', NO_BREAK));
    }

    /** What the highest bar of the core-hours stands for. */
    public String getMost() {
        return Messages.Chart_most(HistoryRow.coreHours(mostCoreHours));
    }

    private String duration() {
        return Durations.format(Duration.ofMillis(longest));
    }

    /** The chart in words. */
    public String getText() {
        long slow = rows.stream().filter(HistoryRow::isSlow).count();
        return Messages.Chart_text(
                rows.size(), rows.get(0).getLabel(), rows.get(rows.size() - 1).getLabel(), duration(), slow);
    }
}
