package io.jenkins.plugins.sparkk8s.jenkins.timeline;

import java.util.Locale;

/**
 * One bar of a timeline: a state that lasted from one moment to another. Public only because pages are rendered by reflection.
 */
public final class TimelineBar {
    /** In percent of the width, so that the shortest time is seen, too. */
    private static final double THINNEST = 1;

    private final String state;
    private final double x;
    private final double width;
    private final String title;
    private final int lane;

    /**
     * @param state one of checked, staged, submitted, pending, running, stage, succeeded, failed, removed
     * @param from 0 to 1
     * @param to 0 to 1
     * @param title plain, to be escaped where it is shown
     */
    TimelineBar(String state, double from, double to, String title, int lane) {
        this.state = state;
        this.width = Math.max(THINNEST, 100 * (to - from));
        this.x = Math.min(100 * from, 100 - width);
        this.title = title;
        this.lane = lane;
    }

    public String getState() {
        return state;
    }

    /** With its unit, as an attribute has it. */
    public String getX() {
        return percent(x);
    }

    public String getWidth() {
        return percent(width);
    }

    /** From the top, when bars share a row. */
    public int getLane() {
        return lane;
    }

    public String getTitle() {
        return title;
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", Math.max(0, value));
    }
}
