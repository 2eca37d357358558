package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The work of one application on the threads of {@link SparkRuntime}: one task after the other, each of which an abort
 * interrupts. After a task that failed, or when all of it was aborted, the one or the other end is told on the same thread;
 * neither when the controller goes down.
 */
final class ApplicationWork {
    private static final Logger LOGGER = Logger.getLogger(ApplicationWork.class.getName());

    private final SparkRuntime runtime;
    private final Consumer<Throwable> failed;
    private final Consumer<Throwable> aborted;

    // Guarded by this: the thread that works now, and why all of it was aborted; null when there is none.
    private Thread worker;
    private Throwable abortion;

    /**
     * @param failed hears why a task failed
     * @param aborted hears why all was aborted, after the task that was under way
     */
    ApplicationWork(SparkRuntime runtime, Consumer<Throwable> failed, Consumer<Throwable> aborted) {
        this.runtime = runtime;
        this.failed = failed;
        this.aborted = aborted;
    }

    /** What is done; may block. */
    interface Task {
        void run() throws Exception;
    }

    /** Returns at once. */
    void begin(Task task) {
        try {
            runtime.submissions().execute(() -> perform(task));
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The controller is going down.", e);
        }
    }

    void later(Runnable task, Duration delay) {
        try {
            runtime.monitors().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The controller is going down.", e);
        }
    }

    /** From now on nothing is begun, and what is under way is interrupted; false when that was so already. */
    boolean abort(Throwable cause) {
        boolean working;
        synchronized (this) {
            if (abortion != null) {
                return false;
            }
            abortion = cause;
            working = worker != null;
            if (working) {
                worker.interrupt();
            }
        }
        if (!working) {
            begin(() -> {});
        }
        return true;
    }

    synchronized boolean isAborted() {
        return abortion != null;
    }

    private void perform(Task task) {
        Throwable failure = null;
        if (enter()) {
            try {
                task.run();
            } catch (Exception | Error e) {
                // Whatever it was, a build that waits must hear of it.
                failure = e;
            }
        }
        Throwable cause = leave();
        if (runtime.isGoingDown()) {
            return;
        }
        if (cause != null) {
            aborted.accept(cause);
        } else if (failure != null) {
            failed.accept(failure);
        }
    }

    /** False when it was aborted before it began. */
    private synchronized boolean enter() {
        worker = Thread.currentThread();
        return abortion == null;
    }

    /** Why it was aborted; null when it was not. An interruption that came too late for the work ends here. */
    private synchronized Throwable leave() {
        worker = null;
        Thread.interrupted();
        return abortion;
    }
}
