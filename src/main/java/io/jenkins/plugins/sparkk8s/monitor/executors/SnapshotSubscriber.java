package io.jenkins.plugins.sparkk8s.monitor.executors;

import java.util.List;

/** Gets every snapshot of a {@link ExecutorPodsSnapshotsStore}, in order and never concurrently with itself. */
@FunctionalInterface
interface SnapshotSubscriber {

    /** @param snapshots all since the last call, oldest first; empty when nothing has changed */
    void onSnapshots(List<ExecutorPodsSnapshot> snapshots);
}
