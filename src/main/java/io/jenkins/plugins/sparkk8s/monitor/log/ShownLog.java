package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.time.Duration;
import java.time.Instant;

/**
 * What of a driver's log is in the output: writes the lines of one read after the other, and knows how far they reach. The
 * cursor can be asked for by any thread; all else is called by one read at a time.
 */
final class ShownLog implements LogReading.Output {
    /** Between two states of a line that is overwritten and never ends; doubled each time. */
    private static final Duration FIRST_STATE = Duration.ofSeconds(10);

    private static final Duration LAST_STATE = Duration.ofMinutes(10);

    private final EventLines lines;
    private final Duration mostBehind;
    private volatile LogNotices notices;
    private volatile LogCursor cursor;
    private volatile boolean skipping;
    private volatile Runnable whenBehind;
    private FallingBehind behind;
    private Duration stateInterval = FIRST_STATE;
    private long stateNanos = System.nanoTime();

    /** @param mostBehind by how much the reader may lag while the log grows */
    ShownLog(EventLines lines, LogCursor from, Duration mostBehind) {
        this.lines = lines;
        this.cursor = from;
        this.mostBehind = mostBehind;
    }

    /** Before the first read. */
    void start(LogNotices ofContainer) {
        notices = ofContainer;
    }

    /**
     * Before each read.
     *
     * @param skips whether the read leaves lines out on purpose
     * @param atBehind called when lines come too slowly; null when that does not matter
     */
    void begin(boolean skips, Runnable atBehind) {
        skipping = skips;
        whenBehind = atBehind;
        behind = new FallingBehind(mostBehind);
    }

    LogCursor cursor() {
        return cursor;
    }

    @Override
    public void line(String text, LogCursor reached) {
        lines.driverLog(text, reached);
        cursor = reached;
        stateInterval = FIRST_STATE;
        stateNanos = System.nanoTime();
        Runnable action = whenBehind;
        if (action != null && behind.isBehind(reached.time(), Instant.now())) {
            whenBehind = null;
            action.run();
        }
    }

    @Override
    public void state(String text) {
        if (System.nanoTime() - stateNanos >= stateInterval.toNanos()) {
            lines.driverLog(text, cursor);
            stateNanos = System.nanoTime();
            Duration doubled = stateInterval.multipliedBy(2);
            stateInterval = doubled.compareTo(LAST_STATE) > 0 ? LAST_STATE : doubled;
        }
    }

    @Override
    public void gap(Instant after, Instant next) {
        LogCursor reached = new LogCursor(next, 0);
        if (skipping) {
            notices.behind(after, next, reached);
        } else {
            notices.rotated(after, next, reached);
        }
        cursor = reached;
    }
}
