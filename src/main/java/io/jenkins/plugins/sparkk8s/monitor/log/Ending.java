package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.time.Duration;

/**
 * The time after the driver's end, in which the rest of its log is read: not bounded by itself, but by progress. Bytes that
 * an earlier read from the same line on had brought already are none. Guarded by the lock of the follower.
 */
final class Ending {
    private final Duration noProgress;
    private final long startNanos;
    private long progressNanos;
    private LogCursor from;
    private long mostBytes;
    private LogRead seen;

    Ending(Duration noProgress, long nowNanos) {
        this.noProgress = noProgress;
        this.startNanos = nowNanos;
        this.progressNanos = nowNanos;
    }

    Duration noProgress() {
        return noProgress;
    }

    /** A read begins after the driver's end. */
    void begin(LogRead read) {
        if (!read.from().equals(from)) {
            from = read.from();
            mostBytes = 0;
        }
        seen = read;
    }

    /** Whether the read began after the driver's end. */
    boolean covers(LogRead read) {
        return read == seen;
    }

    boolean isOverdue(LogRead current) {
        long now = System.nanoTime();
        if (current != null
                && (current.bytes() > mostBytes || current.quietFor().isZero())) {
            mostBytes = Math.max(mostBytes, current.bytes());
            progressNanos = now;
        }
        return now - progressNanos > noProgress.toNanos();
    }

    boolean lasts(Duration limit) {
        return System.nanoTime() - startNanos > limit.toNanos();
    }
}
