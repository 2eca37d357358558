package io.jenkins.plugins.sparkk8s.monitor;

import java.time.Instant;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A task that runs when a test lets its time come. */
public final class TestTimer extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final Instant due;

    /** @param due when it is to run; null when the test decides that in another way */
    public TestTimer(Runnable task, Instant due) {
        super(task, null);
        this.due = due;
    }

    public Instant due() {
        return due;
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return 0;
    }

    @Override
    public int compareTo(Delayed other) {
        return 0;
    }
}
