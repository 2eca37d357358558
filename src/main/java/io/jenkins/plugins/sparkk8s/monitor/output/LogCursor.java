package io.jenkins.plugins.sparkk8s.monitor.output;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How far the driver's log has been read, small enough to be kept over a restart and to stand beside each line.
 *
 * @param time timestamp of the newest line read; null before the first
 * @param lines how many lines were read from the first one with this timestamp on
 */
public record LogCursor(Instant time, int lines) {

    /** From the first line on. */
    public static LogCursor beginning() {
        return new LogCursor(null, 0);
    }

    /** Whether the log up to here has all lines that it has up to the other. */
    public boolean covers(LogCursor other) {
        if (other.time == null) {
            return true;
        }
        return time != null && (time.isAfter(other.time) || time.equals(other.time) && lines >= other.lines);
    }

    /** What to ask the API server for, in whole seconds because its {@code sinceTime} knows no finer; null for all. */
    public String sinceTime() {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** @return where the log has been read to when its next line has this timestamp */
    public LogCursor after(Instant line) {
        if (time == null || line.isAfter(time)) {
            return new LogCursor(line, 1);
        }
        return new LogCursor(time, lines + 1);
    }
}
