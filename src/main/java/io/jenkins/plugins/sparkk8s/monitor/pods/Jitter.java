package io.jenkins.plugins.sparkk8s.monitor.pods;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Spreads what would otherwise happen to many at the same moment. */
public final class Jitter {
    private static final int PART = 4;

    private Jitter() {}

    /** Between three quarters of a delay and all of it. */
    public static Duration of(Duration delay) {
        return delay.minus(upTo(delay.dividedBy(PART)));
    }

    /** Between nothing and the given time. */
    public static Duration upTo(Duration most) {
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most.toNanos() + 1));
    }
}
