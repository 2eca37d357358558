package io.jenkins.plugins.sparkk8s.monitor.output;

import java.time.Duration;
import java.util.Locale;

/** Times as people read them: {@code 0.8 s}, {@code 12 s}, {@code 3 m 05 s}, {@code 2 h 07 m}. */
public final class Durations {
    private Durations() {}

    /** @param time not negative */
    public static String format(Duration time) {
        if (time.toSeconds() < 10) {
            String text = String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
            return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " s";
        }
        if (time.toMinutes() < 1) {
            return time.toSeconds() + " s";
        }
        if (time.toHours() < 1) {
            return time.toSecondsPart() == 0
                    ? time.toMinutes() + " m"
                    : "%d m %02d s".formatted(time.toMinutes(), time.toSecondsPart());
        }
        return "%d h %02d m".formatted(time.toHours(), time.toMinutesPart());
    }
}
