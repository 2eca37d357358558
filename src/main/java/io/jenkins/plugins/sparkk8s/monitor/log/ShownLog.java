package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.time.Duration;
import java.time.Instant;

/**
 * What of a driver's log is in the output and in the files: writes the lines of one read after the other, and knows how far
 * they reach. Each of the two may have had more than the other before, and lacks and repeats no line. The cursor can be asked
 * for by any thread; all else is called by one read at a time.
 */
final class ShownLog implements LogReading.Output {
    /** Between two states of a line that is overwritten and never ends; doubled each time. */
    private static final Duration FIRST_STATE = Duration.ofSeconds(10);

    private static final Duration LAST_STATE = Duration.ofMinutes(10);

    private final EventLines lines;
    private final LogDestinations to;
    private final LogCursor kept;
    private final ImportantLines important;
    private final Duration mostBehind;
    private volatile LogNotices notices;
    private volatile LogCursor cursor;
    private volatile boolean skipping;
    private volatile Runnable whenBehind;
    private FallingBehind behind;
    private Duration stateInterval = FIRST_STATE;
    private long stateNanos = System.nanoTime();

    /** @param mostBehind by how much the reader may lag while the log grows */
    ShownLog(EventLines lines, LogDestinations to, Duration mostBehind) {
        this.lines = lines;
        this.to = to;
        this.kept = to.files().driverReached();
        this.important = new ImportantLines(to.shown().time() != null);
        this.cursor = to.start();
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
        to.observer().line(text, reached);
        if (!kept.covers(reached)) {
            to.files().driverLine(lines.printable(text), reached);
        }
        if (!to.shown().covers(reached)) {
            show(text, reached);
        }
        cursor = reached;
        stateInterval = FIRST_STATE;
        stateNanos = System.nanoTime();
        Runnable action = whenBehind;
        if (action != null && behind.isBehind(reached.time(), Instant.now())) {
            whenBehind = null;
            action.run();
        }
    }

    private void show(String text, LogCursor reached) {
        if (to.mode() == DriverLogMode.ALL) {
            lines.driverLog(text, reached);
        } else if (to.mode() == DriverLogMode.PROGRESS) {
            boolean isShown = important.take(text);
            reportLeftOut(false);
            if (isShown) {
                lines.driverLog(text, reached);
            }
        }
    }

    private void reportLeftOut(boolean isLast) {
        long number = important.leftOut(isLast);
        if (number > 0) {
            notices.leftOut(number);
        }
    }

    /** No line comes any more. */
    void end() {
        reportLeftOut(true);
    }

    @Override
    public void state(String text) {
        if (to.mode() == DriverLogMode.ALL
                && System.nanoTime() - stateNanos >= stateInterval.toNanos()
                && cursor.covers(to.shown())) {
            lines.driverLog(text, cursor);
            stateNanos = System.nanoTime();
            Duration doubled = stateInterval.multipliedBy(2);
            stateInterval = doubled.compareTo(LAST_STATE) > 0 ? LAST_STATE : doubled;
        }
    }

    @Override
    public void gap(Instant after, Instant next) {
        LogCursor reached = new LogCursor(next, 0);
        String words = skipping ? notices.behind(after, next) : notices.rotated(after, next);
        if (!kept.covers(reached)) {
            to.files().driverLine("[spark] " + words, reached);
        }
        if (to.mode() != DriverLogMode.NONE && !to.shown().covers(reached)) {
            lines.log("[spark] " + words, reached);
        }
        cursor = reached;
    }
}
