package io.jenkins.plugins.sparkk8s.jenkins.timeline;

/** A row of a timeline's table. Public only because pages are rendered by reflection. */
public final class TimelineEntry {
    private final String name;
    private final String state;
    private final String pending;
    private final String running;
    private final String details;

    TimelineEntry(String name, String state, String pending, String running, String details) {
        this.name = name;
        this.state = state;
        this.pending = pending;
        this.running = running;
        this.details = details;
    }

    public String getName() {
        return name;
    }

    public String getState() {
        return state;
    }

    /** How long; empty when it was not, or that is not known. */
    public String getPending() {
        return pending;
    }

    /** How long; empty when it was not, or that is not known. */
    public String getRunning() {
        return running;
    }

    /** Pod, node, exit code and reason, as far as they are known. */
    public String getDetails() {
        return details;
    }
}
