package io.jenkins.plugins.sparkk8s.monitor.log;

import java.util.concurrent.TimeUnit;

/**
 * Spreads the reads of one cluster so that no more than a fixed number begin in a second, each of which the API server passes on
 * to a node. When more drivers write than that, each is read less often. Guarded by the lock of {@link LogRequests}.
 */
final class ReadPace {
    static final int READS_PER_SECOND = 500;
    /** That many may begin at once after a pause. */
    static final int BURST = 100;

    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1) / READS_PER_SECOND;

    private boolean isBegun;
    private long nextFree;

    /** Takes the next place. @return how long to wait for it, in nanoseconds */
    long delayNanos(long now) {
        if (!isBegun || nextFree - now < -BURST * INTERVAL) {
            isBegun = true;
            nextFree = now - BURST * INTERVAL;
        }
        long delay = Math.max(0, nextFree - now);
        nextFree += INTERVAL;
        return delay;
    }
}
