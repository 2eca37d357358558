package io.jenkins.plugins.sparkk8s.monitor;

import java.util.Locale;

/** The time of executors by their cores, as a person reads it. */
public final class CoreHours {
    private CoreHours() {}

    /** With as many digits as a short application needs, such as {@code 0.002} for seven seconds of one core, and {@code 1.25}. */
    public static String readable(double hours) {
        return hours == 0 ? "0" : String.format(Locale.ROOT, hours < 1 ? "%.3f" : "%.2f", hours);
    }
}
