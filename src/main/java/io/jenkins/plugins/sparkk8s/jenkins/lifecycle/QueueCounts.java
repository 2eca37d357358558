package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import java.util.HashMap;
import java.util.Map;

/** How many applications run and wait, by the names of their clusters. Not thread-safe. */
final class QueueCounts {
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Integer> queued = new HashMap<>();

    void addRunning(QueuedUse use) {
        running.merge(use.cluster(), 1, Integer::sum);
    }

    void addQueued(QueuedUse use) {
        queued.merge(use.cluster(), 1, Integer::sum);
    }

    int running(String cluster) {
        return running.getOrDefault(cluster, 0);
    }

    int queued(String cluster) {
        return queued.getOrDefault(cluster, 0);
    }

    int running() {
        return running.values().stream().mapToInt(Integer::intValue).sum();
    }

    int queued() {
        return queued.values().stream().mapToInt(Integer::intValue).sum();
    }
}
