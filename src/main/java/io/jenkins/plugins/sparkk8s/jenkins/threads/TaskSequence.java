package io.jenkins.plugins.sparkk8s.jenkins.threads;

import io.jenkins.plugins.sparkk8s.jenkins.threads.WorkPool.Lane;
import java.util.ArrayDeque;
import java.util.Queue;

/** Tasks that run one after the other, each on the threads of its lane. One that waits for its turn holds no thread. Thread-safe. */
public final class TaskSequence {
    // Guarded by this.
    private final Queue<Turn> waiting = new ArrayDeque<>();
    private boolean isRunning;

    private record Turn(Lane lane, Runnable task) {}

    /** Returns at once; the task runs when all earlier ones have. Not any more when the controller shuts down. */
    public void execute(Lane lane, Runnable task) {
        synchronized (this) {
            waiting.add(new Turn(lane, task));
            if (isRunning) {
                return;
            }
            isRunning = true;
        }
        beginNext();
    }

    private void beginNext() {
        Turn next;
        synchronized (this) {
            next = waiting.poll();
            isRunning = next != null;
        }
        if (next != null) {
            ApplicationWork.follow(next.lane(), () -> run(next.task()));
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            beginNext();
        }
    }
}
