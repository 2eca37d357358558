package io.jenkins.plugins.sparkk8s.monitor.pods;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs tasks one after the other, in the order in which they came, on threads that it shares with others. What only its
 * tasks touch needs no lock. A task must not wait for an answer; one that writes may wait for its output.
 *
 * <p>Thread-safe. Ends with {@link #close}, after which no task begins. Owns no thread.
 */
public final class Mailbox implements Executor {
    private static final Logger LOGGER = Logger.getLogger(Mailbox.class.getName());

    /** Tasks in one go, before others of the shared threads' users have their turn. */
    private static final int TURN = 64;

    private final Executor workers;
    private final ScheduledExecutorService timers;
    private final ReentrantLock running = new ReentrantLock();

    // Guarded by this.
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Set<Timer> pending = new HashSet<>();
    private boolean isScheduled;
    private boolean closed;

    /**
     * @param workers where the tasks run
     * @param timers only passes tasks on when their time has come
     */
    public Mailbox(Executor workers, ScheduledExecutorService timers) {
        this.workers = workers;
        this.timers = timers;
    }

    /** Runs the task soon; never, when the mailbox is closed before its turn. */
    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (closed) {
                return;
            }
            tasks.add(task);
            if (isScheduled) {
                return;
            }
            isScheduled = true;
        }
        runSoon();
    }

    /** Runs the task after a delay, unless it is cancelled before it begins. */
    public Timer schedule(Runnable task, Duration delay) {
        Timer timer = new Timer(task);
        synchronized (this) {
            if (closed) {
                return timer;
            }
            pending.add(timer);
        }
        try {
            timer.start(timers.schedule(() -> execute(timer), delay.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The timers are shut down; a task is not run.", e);
        }
        return timer;
    }

    /** Runs work on the calling thread when no task is running, also after {@link #close}; waits until then. */
    public <T> T call(Supplier<T> work) {
        running.lock();
        try {
            return work.get();
        } finally {
            running.unlock();
        }
    }

    /** Drops the tasks that have not begun; does not wait for one that has. May be called more than once. */
    public void close() {
        Set<Timer> left;
        synchronized (this) {
            closed = true;
            tasks.clear();
            left = Set.copyOf(pending);
            pending.clear();
        }
        left.forEach(Timer::cancel);
    }

    /** How many tasks wait for their turn. */
    synchronized int size() {
        return tasks.size();
    }

    private void runSoon() {
        try {
            workers.execute(this::run);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The workers are shut down; tasks are not run.", e);
            close();
        } catch (Error e) {
            // No thread can be had: the tasks are run with the next one that comes.
            synchronized (this) {
                isScheduled = false;
            }
            throw e;
        }
    }

    private void run() {
        for (int i = 0; i < TURN; i++) {
            Runnable next = next();
            if (next == null) {
                return;
            }
            run(next);
        }
        runSoon();
    }

    private synchronized Runnable next() {
        Runnable next = tasks.poll();
        isScheduled = next != null;
        return next;
    }

    private void run(Runnable task) {
        running.lock();
        try {
            attempt(task);
        } finally {
            running.unlock();
        }
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "A task of the monitoring failed; the next ones are run.", e);
        } catch (Error e) {
            // Only the task has failed; else the monitoring of an application would end silently.
            LOGGER.log(Level.WARNING, "A task of the monitoring failed; the next ones are run: {0}", e.toString());
            LOGGER.log(Level.FINE, "The error of the task:", e);
        }
    }

    private synchronized void forget(Timer timer) {
        pending.remove(timer);
    }

    /** One task that is to run later. */
    public final class Timer implements Runnable {
        private final Runnable task;
        private ScheduledFuture<?> future;
        private boolean cancelled;

        private Timer(Runnable task) {
            this.task = task;
        }

        private synchronized void start(ScheduledFuture<?> started) {
            future = started;
            if (cancelled) {
                started.cancel(false);
            }
        }

        /** The task does not begin any more. */
        public void cancel() {
            forget(this);
            synchronized (this) {
                cancelled = true;
                if (future != null) {
                    future.cancel(false);
                }
            }
        }

        @Override
        public void run() {
            forget(this);
            boolean wanted;
            synchronized (this) {
                wanted = !cancelled;
            }
            if (wanted) {
                task.run();
            }
        }
    }
}
