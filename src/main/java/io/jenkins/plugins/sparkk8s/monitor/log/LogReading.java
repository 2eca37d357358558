package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * One read of the log from a cursor on: leaves out what was read before and hands on what is new.
 *
 * <p>Since the API server starts at a whole second, a read begins with lines that are known: those before the cursor's
 * timestamp, and as many from its first line on as were counted. They are counted by their place, since two streams of a
 * container may be written a little out of order. Not thread-safe; for one read.
 */
final class LogReading {
    private final LogCursor from;
    private final int limitBytes;
    private final Output output;
    private LogCursor cursor;
    private boolean reachedCursor;
    private int known;
    private boolean isPastKnown;
    private boolean limitReached;

    /** Takes the new lines. */
    interface Output {
        /**
         * @param text without timestamp
         * @param reached the cursor with this line read
         */
        void line(String text, LogCursor reached);
    }

    LogReading(LogCursor from, int limitBytes, Output output) {
        this.from = from;
        this.cursor = from;
        this.limitBytes = limitBytes;
        this.output = output;
    }

    /**
     * @param last whether nothing comes after: a line without an end then is one
     * @throws IOException when the stream broke; what was handed on so far is in the cursor
     */
    void read(InputStream in, boolean last) throws IOException {
        BoundedLines lines = new BoundedLines(in, TextSanitizer.MAX_LINE);
        for (String line = lines.next(); line != null; line = lines.next()) {
            limitReached = lines.bytes() >= limitBytes;
            boolean whole = lines.isComplete() || last && !limitReached;
            if (whole || lines.isCut()) {
                take(line, lines.isCut());
            }
        }
    }

    LogCursor cursor() {
        return cursor;
    }

    boolean hasNews() {
        return !cursor.equals(from);
    }

    /** Whether there may be more than was sent. */
    boolean limitReached() {
        return limitReached;
    }

    private void take(String line, boolean cut) {
        int blank = line.indexOf(' ');
        Optional<Instant> time = time(blank < 0 ? line : line.substring(0, blank));
        if (time.isPresent() && isNew(time.get())) {
            cursor = cursor.after(time.get());
            String text = blank < 0 ? "" : line.substring(blank + 1);
            output.line(cut ? text + "… (the rest of the line is left out)" : text, cursor);
        }
    }

    private boolean isNew(Instant time) {
        if (isPastKnown || from.time() == null) {
            return true;
        }
        if (time.isAfter(from.time()) || reachedCursor && known >= from.lines()) {
            isPastKnown = true;
            return true;
        }
        reachedCursor = reachedCursor || time.equals(from.time());
        if (reachedCursor) {
            known++;
        }
        return false;
    }

    /** A text without a timestamp is the kubelet's own ("unable to retrieve container logs"), and no line of the driver. */
    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
