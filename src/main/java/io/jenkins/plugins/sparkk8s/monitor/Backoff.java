package io.jenkins.plugins.sparkk8s.monitor;

import java.time.Duration;

/** Growing delays between attempts: doubled each time up to a bound, back to the first after a success. Not thread-safe. */
final class Backoff {
    private final Duration first;
    private final Duration most;
    private Duration next;

    Backoff(Duration first, Duration most) {
        this.first = first;
        this.most = most;
        this.next = first;
    }

    Duration next() {
        Duration delay = next;
        Duration doubled = delay.multipliedBy(2);
        next = doubled.compareTo(most) > 0 ? most : doubled;
        return delay;
    }

    void reset() {
        next = first;
    }
}
