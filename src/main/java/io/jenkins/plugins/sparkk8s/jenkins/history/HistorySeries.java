package io.jenkins.plugins.sparkk8s.jenkins.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The runs of one application in the builds of a job. Public only because pages are rendered by reflection. */
public final class HistorySeries {
    private final String name;
    private final List<HistoryRow> runs;
    private final int shown;

    private HistorySeries(List<HistoryEntry> entries, int shown, String jobUrl) {
        this.name = entries.get(entries.size() - 1).getName();
        this.runs = IntStream.range(0, entries.size())
                .mapToObj(i -> new HistoryRow(entries.get(i), UsualTime.of(entries.subList(0, i)), jobUrl))
                .toList();
        this.shown = shown;
    }

    /**
     * @param entries of all names, oldest first
     * @param shown how many runs of each are shown
     * @return the one that ran last is the first
     */
    static List<HistorySeries> of(List<HistoryEntry> entries, int shown, String jobUrl) {
        Map<String, List<HistoryEntry>> byName = new HashMap<>();
        Map<String, List<HistoryEntry>> lastFirst = new LinkedHashMap<>();
        for (HistoryEntry entry : entries) {
            byName.computeIfAbsent(entry.series(), series -> new ArrayList<>()).add(entry);
        }
        for (int i = entries.size() - 1; i >= 0; i--) {
            String series = entries.get(i).series();
            lastFirst.put(series, byName.get(series));
        }
        return lastFirst.values().stream()
                .map(runs -> new HistorySeries(runs, shown, jobUrl))
                .toList();
    }

    public String getName() {
        return name == null ? Messages.History_unnamed() : name;
    }

    private List<HistoryRow> last() {
        return runs.subList(Math.max(0, runs.size() - shown), runs.size());
    }

    /** The last run first. */
    public List<HistoryRow> getRows() {
        List<HistoryRow> rows = new ArrayList<>(last());
        Collections.reverse(rows);
        return rows;
    }

    public HistoryChart getChart() {
        return new HistoryChart(last());
    }

    /** That the last run took much longer than usual; null when it did not. */
    public String getWarning() {
        HistoryRow latest = runs.get(runs.size() - 1);
        return latest.isSlow() ? Messages.History_slow(latest.getLabel(), latest.getNote()) : null;
    }
}
