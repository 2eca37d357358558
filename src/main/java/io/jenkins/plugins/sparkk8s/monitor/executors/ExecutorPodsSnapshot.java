package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.ResourceVersions;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All executor pods of one application at one moment, immutable: a pure fold over pods.
 *
 * <p>A deletion never removes an executor, only a full list does.
 */
public final class ExecutorPodsSnapshot {
    private final SortedMap<Long, ExecutorPodState> executors;
    private final Instant fullSnapshotTime;

    private ExecutorPodsSnapshot(SortedMap<Long, ExecutorPodState> executors, Instant fullSnapshotTime) {
        this.executors = Collections.unmodifiableSortedMap(executors);
        this.fullSnapshotTime = fullSnapshotTime;
    }

    static ExecutorPodsSnapshot empty() {
        return new ExecutorPodsSnapshot(new TreeMap<>(), Instant.EPOCH);
    }

    /** All executors by id, ascending; unmodifiable. */
    public SortedMap<Long, ExecutorPodState> executors() {
        return executors;
    }

    /** When the last full list came; the epoch as long as there was none. */
    public Instant fullSnapshotTime() {
        return fullSnapshotTime;
    }

    /** Whether it tells of all executors, and not only of those that there was an event of. */
    boolean isFull() {
        return fullSnapshotTime.isAfter(Instant.EPOCH);
    }

    public long count(Class<? extends ExecutorPodState> kind) {
        return executors.values().stream().filter(kind::isInstance).count();
    }

    /** With this executor's new state; unchanged when a newer version of the same pod is known. */
    ExecutorPodsSnapshot with(ExecutorPodState state) {
        ExecutorPodState known = executors.get(state.pod().executorId());
        if (known != null
                && ResourceVersions.isNewer(
                        known.pod().resourceVersion(), state.pod().resourceVersion())) {
            return this;
        }
        SortedMap<Long, ExecutorPodState> updated = new TreeMap<>(executors);
        updated.put(state.pod().executorId(), state);
        return new ExecutorPodsSnapshot(updated, fullSnapshotTime);
    }

    /**
     * The snapshot of a full list. What is known of a pod from a version newer than the list's stays, because the list
     * was taken before; otherwise a slow list would undo an event of the watch.
     *
     * @param listVersion resource version of the list
     */
    ExecutorPodsSnapshot replacedBy(Collection<Pod> pods, String listVersion, Instant time, ExecutorPodMapper mapper) {
        SortedMap<Long, ExecutorPodState> replaced = new TreeMap<>();
        for (Pod pod : pods) {
            mapper.map(pod).ifPresent(state -> replaced.put(state.pod().executorId(), state));
        }
        for (Map.Entry<Long, ExecutorPodState> entry : executors.entrySet()) {
            if (ResourceVersions.isNewer(entry.getValue().pod().resourceVersion(), listVersion)) {
                replaced.put(entry.getKey(), entry.getValue());
            }
        }
        return new ExecutorPodsSnapshot(replaced, time);
    }
}
