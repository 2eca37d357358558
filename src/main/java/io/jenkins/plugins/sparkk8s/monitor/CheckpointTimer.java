package io.jenkins.plugins.sparkk8s.monitor;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Saves what has been reported a fixed time after the first line since the last save. An application that writes nothing has no
 * timer, so that a thousand of them cost nothing. Thread-safe; from its creation until {@link #close}.
 */
public final class CheckpointTimer implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(CheckpointTimer.class.getName());

    private final ScheduledExecutorService timers;
    private final Duration delay;
    private final Runnable save;

    // Guarded by this.
    private boolean isPending;
    private boolean closed;
    private ScheduledFuture<?> pending;

    /** @param save runs on a thread of the timers, so it must be quick or pass the work on */
    public CheckpointTimer(ScheduledExecutorService timers, Duration delay, Runnable save) {
        this.timers = timers;
        this.delay = delay;
        this.save = save;
    }

    /** There is something to save. May be called at will, and waits for nothing. */
    public synchronized void changed() {
        if (isPending || closed) {
            return;
        }
        try {
            pending = timers.schedule(this::run, delay.toNanos(), TimeUnit.NANOSECONDS);
            isPending = true;
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The timers are shut down; nothing more is saved by them.", e);
        }
    }

    private void run() {
        synchronized (this) {
            isPending = false;
            if (closed) {
                return;
            }
        }
        save.run();
    }

    /** No save begins any more. */
    @Override
    public synchronized void close() {
        closed = true;
        if (pending != null) {
            pending.cancel(false);
        }
    }
}
