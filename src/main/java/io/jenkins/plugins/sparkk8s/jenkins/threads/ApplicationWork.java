package io.jenkins.plugins.sparkk8s.jenkins.threads;

import io.jenkins.plugins.sparkk8s.jenkins.threads.WorkPool.Lane;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The work of one application: one task after the other, each of which an abort interrupts. An abort has threads of its own, so
 * it waits neither for a task that has not begun nor, for long, for one that does not react. Nothing ends when the controller
 * shuts down.
 */
public final class ApplicationWork {
    private static final Logger LOGGER = Logger.getLogger(ApplicationWork.class.getName());

    /** How long a task that was interrupted may take to stop before the abort goes to the cluster beside it. */
    private static final Duration INTERRUPTION = Duration.ofSeconds(2);

    private final LifecycleThreads threads;
    private final Ends ends;

    // Guarded by this: the thread that works now, and the abort; null when there is none.
    private Thread worker;
    private Abort abort;
    private boolean abortEnds;

    /** What follows a task. */
    public interface Ends {
        /** A task failed. */
        void failed(Throwable failure);

        /** All was aborted, and no task is under way. */
        void aborted(Throwable cause);

        /** All was aborted, and the task under way does not stop; comes before {@link #aborted}, if at all. */
        void abortOverdue();
    }

    /** What is done; may block. */
    public interface Task {
        void run() throws Exception;
    }

    private record Abort(Throwable cause, Lane lane) {}

    public ApplicationWork(LifecycleThreads threads, Ends ends) {
        this.threads = threads;
        this.ends = ends;
    }

    /** Returns at once. Does nothing after an abort. */
    public void begin(Lane lane, Task task) {
        execute(lane, () -> perform(task));
    }

    /** Does what follows an abort; returns at once. */
    public static void follow(Lane lane, Runnable task) {
        execute(lane, task);
    }

    private static void execute(Lane lane, Runnable task) {
        try {
            lane.execute(task);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The controller is shutting down.", e);
        }
    }

    /**
     * From now on nothing is begun, and what is under way is interrupted. Returns at once.
     *
     * @param lane for what follows
     * @return false when it was aborted already
     */
    public boolean abort(Throwable cause, Lane lane) {
        boolean working;
        synchronized (this) {
            if (abort != null) {
                return false;
            }
            abort = new Abort(cause, lane);
            working = worker != null;
            if (working) {
                worker.interrupt();
            }
        }
        if (working) {
            threads.later(this::interruptionIsOver, INTERRUPTION);
        } else {
            endAborted();
        }
        return true;
    }

    /** Once, and not before the last task has left: one that began the next may leave after that has entered. */
    private void endAborted() {
        Abort begun;
        synchronized (this) {
            if (worker != null || abort == null || abortEnds) {
                return;
            }
            abortEnds = true;
            begun = abort;
        }
        execute(begun.lane(), () -> {
            if (!threads.isShuttingDown()) {
                ends.aborted(begun.cause());
            }
        });
    }

    private void interruptionIsOver() {
        boolean working;
        synchronized (this) {
            working = worker != null;
        }
        if (working) {
            execute(abort().lane(), ends::abortOverdue);
        }
    }

    private synchronized Abort abort() {
        return abort;
    }

    public boolean isAborted() {
        return abort() != null;
    }

    private void perform(Task task) {
        if (!enter()) {
            return;
        }
        Throwable failure = null;
        try {
            task.run();
        } catch (Exception | Error e) {
            // A build that waits must be notified of it, whatever it was.
            failure = e;
        }
        boolean aborted = leave();
        if (threads.isShuttingDown()) {
            return;
        }
        if (aborted) {
            endAborted();
        } else if (failure != null) {
            ends.failed(failure);
        }
    }

    /** False when it was aborted before it began; that has been seen to. */
    private synchronized boolean enter() {
        if (abort != null) {
            return false;
        }
        worker = Thread.currentThread();
        return true;
    }

    /** Whether it was aborted. An interruption that came too late for the work ends here. The task may have begun the next, which is under way already. */
    private synchronized boolean leave() {
        if (worker == Thread.currentThread()) {
            worker = null;
        }
        Thread.interrupted();
        return abort != null;
    }
}
