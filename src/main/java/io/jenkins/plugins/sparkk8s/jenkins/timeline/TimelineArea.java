package io.jenkins.plugins.sparkk8s.jenkins.timeline;

import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorCensus;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Very many executors, folded by state: how many ran and how many were pending over time, as outlines in a picture of 1000 by
 * 100 units. Public only because pages are rendered by reflection.
 */
public final class TimelineArea {
    private static final double WIDTH = 1000;
    private static final double HEIGHT = 100;

    private final List<ExecutorCensus> census;
    private final TimelineScale scale;
    private final long most;

    TimelineArea(List<ExecutorCensus> census, TimelineScale scale) {
        this.census = census;
        this.scale = scale;
        this.most = Math.max(
                1,
                census.stream()
                        .mapToLong(moment -> moment.running() + moment.pending())
                        .max()
                        .orElse(1));
    }

    /** Outline of those that run. */
    public String getRunning() {
        return outline(ExecutorCensus::running);
    }

    /** Outline of those that run or are pending, which is behind. */
    public String getPending() {
        return outline(moment -> moment.running() + moment.pending());
    }

    public String getText() {
        long running = census.stream().mapToLong(ExecutorCensus::running).max().orElse(0);
        long pending = census.stream().mapToLong(ExecutorCensus::pending).max().orElse(0);
        long failed = census.isEmpty() ? 0 : census.get(census.size() - 1).failed();
        return Messages.Timeline_area(running, pending, failed);
    }

    private String outline(ToLongFunction<ExecutorCensus> count) {
        StringBuilder path = new StringBuilder();
        for (ExecutorCensus moment : census) {
            String x = number(WIDTH * scale.at(moment.at()));
            path.append(path.length() == 0 ? "M" + x + " " + number(HEIGHT) : "H" + x)
                    .append('V')
                    .append(number(HEIGHT - HEIGHT * count.applyAsLong(moment) / most));
        }
        return path.length() == 0
                ? ""
                : path.append('H')
                        .append(number(WIDTH))
                        .append('V')
                        .append(number(HEIGHT))
                        .append('Z')
                        .toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
