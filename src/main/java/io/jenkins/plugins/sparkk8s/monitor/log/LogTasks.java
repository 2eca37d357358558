package io.jenkins.plugins.sparkk8s.monitor.log;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The short tasks of one follower on the threads that all applications share. Guarded by the lock of the follower. */
final class LogTasks {
    private static final Logger LOGGER = Logger.getLogger(LogTasks.class.getName());

    private final ScheduledExecutorService timers;
    private final Executor writer;
    private ScheduledFuture<?> next;
    private ScheduledFuture<?> check;

    LogTasks(ScheduledExecutorService timers, Executor writer) {
        this.timers = timers;
        this.writer = writer;
    }

    /** @return false when the scheduler takes no tasks any more */
    boolean runAfter(Duration delay, Runnable task) {
        cancel(next);
        try {
            next = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return isShutDown(e);
        }
    }

    /** Repeats a task until {@link #stopChecking}; does nothing when one is repeated already. */
    void check(Duration interval, Runnable task) {
        if (check == null) {
            long nanos = Math.max(1, interval.toNanos());
            try {
                check = timers.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                isShutDown(e);
            }
        }
    }

    void stopChecking() {
        cancel(check);
        check = null;
    }

    /**
     * Lines of ours are written as all lines that are no line of the driver; never by a timer.
     *
     * @return false when the scheduler takes no tasks any more
     */
    boolean write(Runnable writing) {
        try {
            writer.execute(writing);
            return true;
        } catch (RejectedExecutionException e) {
            return isShutDown(e);
        }
    }

    void cancelNext() {
        cancel(next);
    }

    void cancelAll() {
        cancel(next);
        stopChecking();
    }

    private static void cancel(ScheduledFuture<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }

    private static boolean isShutDown(RejectedExecutionException e) {
        LOGGER.log(Level.FINE, "The scheduler is shut down; the driver's log is no longer read.", e);
        return false;
    }
}
