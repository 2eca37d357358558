package io.jenkins.plugins.sparkk8s.jenkins.history;

/** What an open job page fetches. Public only because pages are rendered by reflection. */
public final class RecentHistory {
    private final HistoryContent content;

    RecentHistory(HistoryContent content) {
        this.content = content;
    }

    public HistoryContent getContent() {
        return content;
    }
}
