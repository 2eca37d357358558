package io.jenkins.plugins.sparkk8s.jenkins.queue;

import java.util.HashMap;
import java.util.Map;

/** How many applications run and wait, by the names of their clusters. Not thread-safe. */
public final class QueueCounts {
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Integer> queued = new HashMap<>();

    void addRunning(QueuedUse use) {
        running.merge(use.cluster(), 1, Integer::sum);
    }

    void addQueued(QueuedUse use) {
        queued.merge(use.cluster(), 1, Integer::sum);
    }

    public int running(String cluster) {
        return running.getOrDefault(cluster, 0);
    }

    public int queued(String cluster) {
        return queued.getOrDefault(cluster, 0);
    }

    public int running() {
        return running.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int queued() {
        return queued.values().stream().mapToInt(Integer::intValue).sum();
    }
}
