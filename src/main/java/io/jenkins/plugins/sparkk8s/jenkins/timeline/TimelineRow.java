package io.jenkins.plugins.sparkk8s.jenkins.timeline;

import java.util.List;

/** A row of a timeline: what it is about, and its bars. Public only because pages are rendered by reflection. */
public final class TimelineRow {
    private final String label;
    private final String text;
    private final List<TimelineBar> bars;

    /** @param text all that the bars show, in words */
    TimelineRow(String label, String text, List<TimelineBar> bars) {
        this.label = label;
        this.text = text;
        this.bars = bars;
    }

    public String getLabel() {
        return label;
    }

    public String getText() {
        return text;
    }

    public List<TimelineBar> getBars() {
        return bars;
    }
}
