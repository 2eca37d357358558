package io.jenkins.plugins.sparkk8s.jenkins.history;

import java.util.List;

/** The part of the history that is shown. Public only because pages are rendered by reflection. */
public final class HistoryContent {
    private final List<HistorySeries> all;
    private final int most;
    private final boolean open;

    /**
     * @param all the one that ran last first
     * @param most how many are shown
     * @param open whether the tables are open from the start
     */
    HistoryContent(List<HistorySeries> all, int most, boolean open) {
        this.all = all;
        this.most = most;
        this.open = open;
    }

    public List<HistorySeries> getSeries() {
        return all.stream().limit(most).toList();
    }

    /** How many names are left out; null when there are none. */
    public String getMore() {
        int more = all.size() - most;
        return more > 0 ? Messages.History_more(more) : null;
    }

    public boolean isOpen() {
        return open;
    }

    /** Whether there is nothing to show. */
    public boolean isBlank() {
        return all.isEmpty();
    }
}
