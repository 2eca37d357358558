package io.jenkins.plugins.sparkk8s.monitor.log;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a reader falls behind the writer of a log for good: it lags by more than a bound, and lags no less half that time
 * later. The clocks of the two may differ: only the growth of the difference counts. Not thread-safe.
 */
final class FallingBehind {
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final long mostMillis;
    private long leastDifference = UNKNOWN;
    private long tooFarSince = UNKNOWN;
    private long lagThen;

    FallingBehind(Duration most) {
        this.mostMillis = most.toMillis();
    }

    /**
     * @param line when a line was written
     * @param now when it was read
     */
    boolean isBehind(Instant line, Instant now) {
        long difference = now.toEpochMilli() - line.toEpochMilli();
        leastDifference = Math.min(leastDifference, difference);
        long lag = difference - leastDifference;
        if (lag < mostMillis) {
            tooFarSince = UNKNOWN;
        } else if (tooFarSince == UNKNOWN) {
            tooFarSince = now.toEpochMilli();
            lagThen = lag;
        } else if (now.toEpochMilli() - tooFarSince >= mostMillis / 2) {
            return lag >= lagThen;
        }
        return false;
    }
}
