package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.fabric8.kubernetes.api.model.PodList;
import io.jenkins.plugins.sparkk8s.kubernetes.ResourceVersions;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodQuery;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Feeds the store with a full list at an interval, the first after one interval
 * ({@code ExecutorPodsPollingSnapshotSource}). An error is logged, and the next poll tries again.
 */
public final class PollingSnapshotSource implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(PollingSnapshotSource.class.getName());

    private final PodQuery executors;
    private final ExecutorPodsSnapshotsStore store;
    private final ScheduledExecutorService scheduler;
    private final boolean fromCache;
    private ScheduledFuture<?> polling;
    private String lastVersion = PodQuery.ANY_VERSION;

    /** @param fromCache whether the API server may answer from its cache ({@code enablePollingWithResourceVersion}) */
    public PollingSnapshotSource(
            PodQuery executors,
            ExecutorPodsSnapshotsStore store,
            ScheduledExecutorService scheduler,
            boolean fromCache) {
        this.executors = executors;
        this.store = store;
        this.scheduler = scheduler;
        this.fromCache = fromCache;
    }

    public synchronized void start(Duration interval) {
        if (polling != null) {
            throw new IllegalStateException("The executors are polled already.");
        }
        polling = scheduler.scheduleWithFixedDelay(
                this::poll, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Lists once, now, on this thread. */
    public void poll() {
        try {
            accept(executors.list(fromCache ? PodQuery.ANY_VERSION : null));
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "The executor pods could not be listed; the next poll tries again.", e);
        }
    }

    /** A list from the cache may be older than one we already had; such a list would turn time back. */
    private synchronized void accept(PodList list) {
        String version = list.getMetadata().getResourceVersion();
        if (fromCache && ResourceVersions.isNewer(lastVersion, version)) {
            return;
        }
        lastVersion = version;
        store.replaceSnapshot(list.getItems(), version);
    }

    @Override
    public synchronized void close() {
        if (polling != null) {
            polling.cancel(false);
        }
    }
}
