package io.jenkins.plugins.sparkk8s.monitor.progress;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Bounds how many drivers of one cluster are asked for their progress at a time, apart from all other requests; the others
 * wait in line. Thread-safe; shared by all applications of a process.
 */
public final class UiRequests {
    /** Each costs a thread and a connection of the client while it is under way; drivers that hang must not use up all. */
    private static final int MOST = 8;

    private final Map<String, Line> clusters = new HashMap<>();

    /** The reads of one cluster. */
    private static final class Line {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int underWay;
    }

    /**
     * Begins a read as soon as there is room, on this or another thread.
     *
     * @param cluster reads of the same one are counted together
     * @param read begins the read and returns at once; what it returns must end by itself
     */
    <T> CompletableFuture<T> run(String cluster, Supplier<CompletableFuture<T>> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        synchronized (this) {
            clusters.computeIfAbsent(cluster, name -> new Line())
                    .waiting
                    .add(() -> read.get().whenComplete((value, problem) -> {
                        leave(cluster);
                        if (problem == null) {
                            result.complete(value);
                        } else {
                            result.completeExceptionally(problem);
                        }
                    }));
        }
        startWaiting(cluster);
        return result;
    }

    private void leave(String cluster) {
        synchronized (this) {
            Line line = clusters.get(cluster);
            line.underWay--;
            if (line.underWay == 0 && line.waiting.isEmpty()) {
                clusters.remove(cluster);
            }
        }
        startWaiting(cluster);
    }

    private void startWaiting(String cluster) {
        for (Runnable next = next(cluster); next != null; next = next(cluster)) {
            next.run();
        }
    }

    private synchronized Runnable next(String cluster) {
        Line line = clusters.get(cluster);
        if (line == null || line.underWay == MOST || line.waiting.isEmpty()) {
            return null;
        }
        line.underWay++;
        return line.waiting.remove();
    }
}
