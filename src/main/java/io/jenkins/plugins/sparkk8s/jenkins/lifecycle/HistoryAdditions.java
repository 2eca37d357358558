package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import io.jenkins.plugins.sparkk8s.jenkins.history.HistoryEntry;
import io.jenkins.plugins.sparkk8s.jenkins.history.JobHistory;
import io.jenkins.plugins.sparkk8s.jenkins.threads.KeyedLocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds applications that have ended to the histories of their jobs. A history is one file; what comes while it is being written
 * is written together, so that a thousand ends of one job do not write it a thousand times. Thread-safe.
 */
final class HistoryAdditions {
    private final KeyedLocks locks;

    /** Those that are not being written yet. Guarded by this. */
    private final Map<JobHistory, Batch> waiting = new HashMap<>();

    /** What is written at once. */
    private static final class Batch {
        /** Guarded by the additions until it is no longer waiting. */
        private final List<HistoryEntry> entries = new ArrayList<>();

        // Guarded by the lock of the history.
        private boolean isWritten;
        private IOException failure;
    }

    HistoryAdditions(KeyedLocks locks) {
        this.locks = locks;
    }

    /**
     * Returns when it is on the disk.
     *
     * @throws InterruptedException while another thread writes the file; it may still be added
     */
    void add(JobHistory history, HistoryEntry entry) throws IOException, InterruptedException {
        Batch batch = join(history, entry);
        locks.call(history, () -> {
            if (!batch.isWritten) {
                write(history, batch);
            }
            return batch;
        });
        if (batch.failure != null) {
            throw batch.failure;
        }
    }

    private synchronized Batch join(JobHistory history, HistoryEntry entry) {
        Batch batch = waiting.computeIfAbsent(history, one -> new Batch());
        batch.entries.add(entry);
        return batch;
    }

    /** How many are to be written next. */
    synchronized int waiting() {
        return waiting.values().stream().mapToInt(batch -> batch.entries.size()).sum();
    }

    private void write(JobHistory history, Batch batch) {
        synchronized (this) {
            waiting.remove(history, batch);
        }
        batch.isWritten = true;
        try {
            history.add(batch.entries);
        } catch (IOException e) {
            batch.failure = e;
        }
    }
}
