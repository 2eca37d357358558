package io.jenkins.plugins.sparkk8s.monitor.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How far the driver's log has been read, small enough to be kept over a restart.
 *
 * @param time timestamp of the newest line read; null before the first
 * @param lines how many lines were read from the first one with this timestamp on
 */
public record LogCursor(Instant time, int lines) {

    /** From the first line on. */
    public static LogCursor beginning() {
        return new LogCursor(null, 0);
    }

    /** What to ask the API server for, in whole seconds because its {@code sinceTime} knows no finer; null for all. */
    String sinceTime() {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    LogCursor after(Instant line) {
        if (time == null || line.isAfter(time)) {
            return new LogCursor(line, 1);
        }
        return new LogCursor(time, lines + 1);
    }

    /** Everything of this second counts as read. */
    LogCursor skippingSecond() {
        return time == null
                ? this
                : new LogCursor(time.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1), 0);
    }
}
