package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One read of the log from a cursor on: leaves out what was read before and hands on what is new.
 *
 * <p>Since the API server starts at a whole second, a read begins with lines that are known: those before the cursor's
 * timestamp, and as many from its first line on as were counted. They are counted by their position, since two streams of
 * a container may be written a little out of order. A read whose first line is later than the cursor shows that the log
 * was rotated, or that the read began at the end of the log: what stood between is missing. Not thread-safe; for one read.
 */
final class LogReading {
    private final LogCursor from;
    private final Output output;
    private final LogLines lines = new LogLines(this::take);
    private LogCursor cursor;
    private boolean reachedCursor;
    private int known;
    private boolean isPastKnown;
    private boolean hasLines;
    private Instant second;
    private long secondBytes;
    private String words;

    /** Takes the new lines. May block: the read continues when it returns. */
    interface Output {
        /**
         * @param text without timestamp
         * @param reached the cursor with this line read
         */
        void line(String text, LogCursor reached);

        /**
         * Of a line that is being overwritten, and has not ended.
         *
         * @param text as it stands now
         */
        default void state(String text) {}

        /** Lines between the cursor's time and that of the next line are missing. */
        default void gap(Instant after, Instant next) {}
    }

    LogReading(LogCursor from, Output output) {
        this.from = from;
        this.cursor = from;
        this.output = output;
    }

    /** Takes the next piece of the log. */
    void feed(ByteBuffer bytes) {
        lines.feed(bytes);
        if (lines.hasUnfinished()) {
            LogLines.Line state = lines.unfinished();
            if (state.overwritten() && isUnfinishedNew(state)) {
                output.state(state.text());
            }
        }
    }

    private boolean isUnfinishedNew(LogLines.Line line) {
        return isPastKnown
                || from.time() == null
                || time(line.timestamp())
                        .filter(time -> time.isAfter(from.time()))
                        .isPresent();
    }

    /** Nothing comes after: a line without an end then is one. */
    void end() {
        if (lines.hasUnfinished()) {
            lines.end();
        }
    }

    LogCursor cursor() {
        return cursor;
    }

    boolean hasNews() {
        return !cursor.equals(from);
    }

    /** Whether any line of the log has come, known or new. */
    boolean hasLines() {
        return hasLines;
    }

    /** How many bytes of the newest line's second have come: what another read from the cursor would repeat. */
    long secondBytes() {
        return secondBytes;
    }

    /** What the kubelet said instead of a log; null when it did not. */
    String kubeletWords() {
        return words;
    }

    private void take(LogLines.Line line) {
        Optional<Instant> time = time(line.timestamp());
        if (time.isEmpty()) {
            // The kubelet's own words ("unable to retrieve container logs"), and no line of the driver.
            words = line.text().isEmpty() ? line.timestamp() : line.timestamp() + ' ' + line.text();
            return;
        }
        count(time.get(), line);
        boolean first = !hasLines;
        hasLines = true;
        if (first && from.time() != null && time.get().isAfter(from.time())) {
            output.gap(from.time(), time.get());
        }
        if (isNew(time.get())) {
            cursor = cursor.after(time.get());
            output.line(line.text(), cursor);
        }
    }

    private void count(Instant time, LogLines.Line line) {
        Instant ofLine = time.truncatedTo(ChronoUnit.SECONDS);
        if (!ofLine.equals(second)) {
            second = ofLine;
            secondBytes = 0;
        }
        secondBytes += line.timestamp().length() + line.text().length() + 2L;
    }

    private boolean isNew(Instant time) {
        if (isPastKnown || from.time() == null) {
            return true;
        }
        reachedCursor = reachedCursor || time.equals(from.time());
        if (time.isAfter(from.time()) || reachedCursor && known >= from.lines()) {
            isPastKnown = true;
            return true;
        }
        if (reachedCursor) {
            known++;
        }
        return false;
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
