package io.jenkins.plugins.sparkk8s.monitor.pods;

import java.time.Duration;

/** Growing delays between attempts: doubled each time up to a bound, back to the first after a success. Not thread-safe. */
public final class Backoff {
    private final Duration first;
    private final Duration most;
    private Duration next;

    public Backoff(Duration first, Duration most) {
        this.first = first;
        this.most = most;
        this.next = first;
    }

    public Duration next() {
        Duration delay = next;
        Duration doubled = delay.multipliedBy(2);
        next = doubled.compareTo(most) > 0 ? most : doubled;
        return delay;
    }

    public void reset() {
        next = first;
    }
}
