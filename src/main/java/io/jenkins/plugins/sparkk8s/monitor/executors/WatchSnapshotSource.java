package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodListWatch;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodSubscription;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodWatch;
import java.util.List;
import java.util.function.Function;

/**
 * Feeds the store from a watch of the executor pods ({@code spark.kubernetes.executor.enableApiWatcher}); see
 * {@link PodListWatch} and {@link PodSubscription} for how nothing is missed.
 */
public final class WatchSnapshotSource implements AutoCloseable {
    private final PodWatch watch;

    /** @param opening makes the watch of the executors */
    public WatchSnapshotSource(ExecutorPodsSnapshotsStore store, Function<PodWatch.Listener, PodWatch> opening) {
        this.watch = opening.apply(new IntoStore(store));
    }

    public void start() {
        watch.start();
    }

    /** The API server is known to answer again. */
    public void retryNow() {
        watch.retryNow();
    }

    @Override
    public void close() {
        watch.close();
    }

    private record IntoStore(ExecutorPodsSnapshotsStore store) implements PodWatch.Listener {
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
