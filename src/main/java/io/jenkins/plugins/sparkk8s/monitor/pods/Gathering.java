package io.jenkins.plugins.sparkk8s.monitor.pods;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait for more requests that can be served together: until none has come for a moment, and not for long. Not
 * thread-safe. All times are of {@link System#nanoTime}.
 */
final class Gathering {
    static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    static final long MOST = TimeUnit.SECONDS.toNanos(1);

    private boolean isEmpty = true;
    private long first;
    private long last;

    void requested(long now) {
        first = isEmpty ? now : first;
        isEmpty = false;
        last = now;
    }

    /** Those that have come are served. */
    void clear() {
        isEmpty = true;
    }

    /** @return zero when it is time */
    Duration rest(long now) {
        long rest = Math.min(last + PAUSE - now, first + MOST - now);
        return isEmpty || rest <= 0 ? Duration.ZERO : Duration.ofNanos(rest);
    }
}
