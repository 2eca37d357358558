package io.jenkins.plugins.sparkk8s.bench.controller;

import java.util.Locale;

/** What is measured of a run; in the order of the table. */
enum Figure {
    STARTED("all started, until each executor has its line", "s"),
    HEAP("heap an application, after a collection", "KB", 40),
    THREADS("threads", ""),
    CONNECTIONS("connections", ""),
    IDLE_CPU("idle: CPU", "% of a core", 15),
    IDLE_COMPILER("idle: … of it the just-in-time compiler", "% of a core"),
    IDLE_REQUESTS("idle: requests", "/s", 80),
    IDLE_DRIVER("idle: … for one pod by its name", "/s"),
    IDLE_LIST("idle: … other lists of pods", "/s"),
    IDLE_WATCH("idle: … watches", "/s"),
    IDLE_LOG("idle: … logs", "/s"),
    IDLE_PROGRESS("idle: … progress of jobs and stages", "/s"),
    IDLE_SENT("idle: bodies sent", "KB/s"),
    BUSY_CPU("changes: CPU", "% of a core"),
    BUSY_REQUESTS("changes: requests", "/s"),
    BUSY_THREADS("changes: threads", ""),
    CHANGE_P50("changes: p50 from pod to line", "ms"),
    CHANGE_P99("changes: p99 from pod to line", "ms", 1200),
    MISSING("changes: executors whose last change has no line", ""),
    LOG_P50("log: p50 from driver to line", "ms"),
    LOG_P99("log: p99 from driver to line", "ms"),
    OUTAGE_CPU("outage: CPU", "% of a core"),
    BACK_REQUESTS("first 10 s after: requests", "/s"),
    BACK_CPU("first 10 s after: CPU", "% of a core"),
    BACK_CAUGHT_UP("after: last line of what changed meanwhile", "s"),
    BACK_MISSING("after: executors whose last change has no line", ""),
    RESUME_P50("all resumed: p50 until its line", "s"),
    RESUME_LAST("all resumed: last line", "s"),
    RESUME_REQUESTS("all resumed: requests", ""),
    RESUME_MISSING("all resumed: applications without their line", "");

    private final String text;
    private final String unit;
    private final double goal;

    Figure(String text, String unit) {
        this(text, unit, Double.NaN);
    }

    /** @param goal at 1,000 quiet applications, not to be reached */
    Figure(String text, String unit, double goal) {
        this.text = text;
        this.unit = unit;
        this.goal = goal;
    }

    String text() {
        return unit.isEmpty() ? text : text + ", " + unit;
    }

    /** NaN when there is none. */
    double goal() {
        return goal;
    }

    static String format(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        return String.format(Locale.ROOT, Math.abs(value) < 10 && value != Math.rint(value) ? "%,.2f" : "%,.0f", value);
    }
}
