package io.jenkins.plugins.sparkk8s.monitor.pods;

import java.time.Duration;

/** Growing delays between attempts: doubled each time up to a bound, back to the first after a success. Not thread-safe. */
public final class Backoff {
    private final Duration first;
    private final Duration most;
    private final int repeats;
    private Duration next;
    private int taken;

    public Backoff(Duration first, Duration most) {
        this(first, most, 1);
    }

    /** @param repeats how many times the first delay is given before the delays grow */
    public Backoff(Duration first, Duration most, int repeats) {
        this.first = first;
        this.most = most;
        this.repeats = repeats;
        this.next = first;
    }

    public Duration next() {
        Duration delay = next;
        taken++;
        if (taken >= repeats) {
            Duration doubled = delay.multipliedBy(2);
            next = doubled.compareTo(most) > 0 ? most : doubled;
        }
        return delay;
    }

    public void reset() {
        next = first;
        taken = 0;
    }
}
