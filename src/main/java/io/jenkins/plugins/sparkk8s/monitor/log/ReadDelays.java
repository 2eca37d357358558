package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.monitor.pods.Backoff;
import java.time.Duration;

/**
 * The delays between the reads of a log, which grow while the driver is quiet. One that writes about every second is
 * sometimes found quiet by a read that comes early. Guarded by the lock of the follower.
 */
final class ReadDelays {
    /** Reads without news that do not yet make a driver quiet that had news twice in a row. */
    private static final int TOLERATED = 2;

    private final Backoff quiet;
    private boolean hadNews;
    private int tolerated;

    ReadDelays(Backoff quiet) {
        this.quiet = quiet;
    }

    void news() {
        tolerated = hadNews ? TOLERATED : 0;
        hadNews = true;
        quiet.reset();
    }

    void nothingNew() {
        if (tolerated > 0) {
            tolerated--;
            quiet.reset();
        } else {
            hadNews = false;
        }
    }

    /** There may be news. */
    void reset() {
        quiet.reset();
    }

    Duration next() {
        return quiet.next();
    }
}
