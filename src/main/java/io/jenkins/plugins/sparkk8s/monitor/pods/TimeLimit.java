package io.jenkins.plugins.sparkk8s.monitor.pods;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Breaks off a request that takes too long, for those that the client library does not bound itself: an API server that
 * accepts a connection and never answers would hold a shared thread forever.
 *
 * <p>Runs from {@link #of} to {@link #stop}; does not depend on the shared threads that it guards.
 */
public final class TimeLimit {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Runnable breakOff;
    private boolean stopped;

    private TimeLimit(Runnable breakOff) {
        this.breakOff = breakOff;
    }

    /** @param breakOff ends the request; quick, called at most once, on another thread, never after {@link #stop} */
    public static TimeLimit of(Duration limit, Runnable breakOff) {
        TimeLimit timeLimit = new TimeLimit(breakOff);
        timeLimit.done.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS).whenComplete((nothing, timeout) -> {
            if (timeout != null) {
                timeLimit.expire();
            }
        });
        return timeLimit;
    }

    private synchronized void expire() {
        if (!stopped) {
            breakOff.run();
        }
    }

    /** The request is over. */
    public void stop() {
        synchronized (this) {
            stopped = true;
        }
        done.complete(null);
    }
}
