package io.jenkins.plugins.sparkk8s.monitor;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Feeds the store from a watch of the executor pods ({@code spark.kubernetes.executor.enableApiWatcher}); see
 * {@link PodListWatch} for how nothing is missed.
 */
final class WatchSnapshotSource implements AutoCloseable {
    private final PodListWatch watch;

    WatchSnapshotSource(
            PodQuery executors, ExecutorPodsSnapshotsStore store, ScheduledExecutorService scheduler, Backoff backoff) {
        this.watch = new PodListWatch(executors, new IntoStore(store), scheduler, backoff);
    }

    void start() {
        watch.start();
    }

    /** The API server is known to answer again. */
    void retryNow() {
        watch.retryNow();
    }

    @Override
    public void close() {
        watch.close();
    }

    private record IntoStore(ExecutorPodsSnapshotsStore store) implements PodListWatch.Listener {
        @Override
        public void listed(List<Pod> pods, String version) {
            store.replaceSnapshot(pods, version);
        }

        @Override
        public void changed(Pod pod) {
            store.updatePod(pod);
        }

        @Override
        public void deleted(Pod pod) {
            store.deletePod(pod);
        }
    }
}
