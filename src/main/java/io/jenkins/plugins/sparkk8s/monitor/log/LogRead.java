package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * One read of a driver's log under way, and its progress. The bytes come on a thread of the client, which writes the lines
 * and may be held up by the output; all questions are answered at once.
 */
final class LogRead implements LogSource.Receiver {

    /** What a poll reads at most: enough to know that there is news. */
    static final int POLL_BYTES = 64 * 1024;

    private static final int TAIL_LINES = 1000;
    private static final Duration LONGEST_POLL = Duration.ofSeconds(15);
    private static final Duration LONGEST_TRANSFER = Duration.ofMinutes(10);

    /** Why the log is read. */
    enum Purpose {
        /** Whether there is news: a little of what is new. */
        POLL,
        /** Whether there is news, of a log whose last second is long: the last line only. */
        PROBE,
        /** All that is new, and what comes while the stream is open. */
        FOLLOW,
        /** All that is new, after the driver's end. */
        REST,
        /** The last lines, since there is too much before them. */
        TAIL
    }

    private final Purpose purpose;
    private final Duration longest;
    private final LogCursor from;
    private final LogReading reading;
    private final BiConsumer<LogRead, RuntimeException> ended;
    private final long startNanos = System.nanoTime();
    private volatile LogSource.Transfer transfer;
    private volatile long lastByteNanos = startNanos;
    private volatile long bytes;
    private volatile boolean isWriting;

    /**
     * @param longest after which a read that follows is ended; null for others, which have bounds of their own
     * @param ended receives the end of the read, as {@link LogSource.Receiver#ended}
     */
    LogRead(
            Purpose purpose,
            Duration longest,
            LogCursor from,
            LogReading.Output output,
            BiConsumer<LogRead, RuntimeException> ended) {
        this.purpose = purpose;
        this.longest = longest;
        this.from = from;
        this.reading = purpose == Purpose.PROBE
                ? new LogReading(LogCursor.beginning(), (text, reached) -> {})
                : new LogReading(from, output);
        this.ended = ended;
    }

    /** @param skips whether it is to begin near the end of the log, whatever stands before */
    void open(LogSource source, String container, boolean skips) {
        transfer = source.open(query(container, skips), this);
    }

    private LogSource.Query query(String container, boolean skips) {
        return switch (purpose) {
            case POLL -> new LogSource.Query(container, from.sinceTime(), false, null, POLL_BYTES, LONGEST_POLL);
            case PROBE -> new LogSource.Query(container, null, false, 1, POLL_BYTES, LONGEST_POLL);
            case FOLLOW, REST, TAIL ->
                new LogSource.Query(
                        container,
                        skips ? null : from.sinceTime(),
                        purpose == Purpose.FOLLOW,
                        skips ? TAIL_LINES : null,
                        null,
                        purpose == Purpose.FOLLOW ? longest : LONGEST_TRANSFER);
        };
    }

    void cancel() {
        LogSource.Transfer open = transfer;
        if (open != null) {
            open.cancel();
        }
    }

    @Override
    public void bytes(ByteBuffer piece) {
        bytes += piece.remaining();
        isWriting = true;
        try {
            reading.feed(piece);
        } finally {
            lastByteNanos = System.nanoTime();
            isWriting = false;
        }
    }

    @Override
    public void ended(RuntimeException failure) {
        ended.accept(this, failure);
    }

    Purpose purpose() {
        return purpose;
    }

    LogCursor from() {
        return from;
    }

    LogReading reading() {
        return reading;
    }

    long bytes() {
        return bytes;
    }

    /** Whether there may be more than a poll was sent. */
    boolean isLimitReached() {
        return bytes >= POLL_BYTES;
    }

    /** Of a probe: whether the last line of the log is later than what has been shown. */
    boolean hasNewsAfter(LogCursor shown) {
        Instant newest = reading.cursor().time();
        return newest != null && (shown.time() == null || newest.isAfter(shown.time()));
    }

    /** Whether it is a stream for which nothing has come for so long. */
    boolean isQuietStream(Duration limit) {
        return purpose == Purpose.FOLLOW && quietFor().compareTo(limit) > 0;
    }

    /** How long nothing has come that would have been taken. */
    Duration quietFor() {
        return isWriting ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - lastByteNanos);
    }
}
