package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** All open watches, and the one thread that serves them. */
final class Watchers implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(Watchers.class.getName());
    private static final long BOOKMARK_SECONDS = 3;
    private static final long BOOKMARK_BEFORE_END_SECONDS = 2;

    private final Store store;
    private final Set<Watch> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService executor;

    Watchers(Store store) {
        this.store = store;
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "apiserver-watch");
            thread.setDaemon(true);
            return thread;
        });
        pool.setRemoveOnCancelPolicy(true);
        this.executor = pool;
        store.listen(event -> open.forEach(w -> w.offer(event)));
        executor.scheduleWithFixedDelay(this::bookmarks, BOOKMARK_SECONDS, BOOKMARK_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Opens a watch.
     *
     * @param from the version to begin after; empty or "0" to begin with all that exists
     * @param timeoutSeconds when to end by itself, 0 for never
     */
    Watch open(Watch.Query query, WatchRenderer renderer, String from, long timeoutSeconds, WatchSink sink) {
        Watch[] self = new Watch[1];
        Watch watch = new Watch(query, renderer, sink, this::execute, () -> open.remove(self[0]));
        self[0] = watch;
        store.inTransaction(() -> {
            // First, or a watch that fails at once would be removed before it is added, and count as open forever.
            open.add(watch);
            begin(watch, query, from);
            return watch;
        });
        if (timeoutSeconds > 0) {
            executor.schedule(watch::finish, timeoutSeconds, TimeUnit.SECONDS);
            // As a real server: shortly before the end, so that the next watch need not begin far back.
            long last = Math.max(1, timeoutSeconds - BOOKMARK_BEFORE_END_SECONDS);
            executor.schedule(() -> bookmark(watch), last, TimeUnit.SECONDS);
        }
        return watch;
    }

    private void begin(Watch watch, Watch.Query query, String from) {
        if (from.isEmpty() || from.equals("0")) {
            store.list(query.type(), query.namespace()).forEach(watch::offerExisting);
            if (query.initialEvents()) {
                watch.initialEnd(store.version());
            }
            return;
        }
        try {
            watch.startAfter(Long.parseLong(from));
            store.since(query.type(), Long.parseLong(from)).forEach(watch::offer);
        } catch (ApiException tooOld) {
            watch.fail(tooOld);
        }
    }

    int count() {
        return open.size();
    }

    void finishAll() {
        List.copyOf(open).forEach(Watch::finish);
    }

    void cutAll() {
        List.copyOf(open).forEach(Watch::cut);
    }

    private void bookmark(Watch watch) {
        store.inTransaction(() -> {
            watch.bookmark(store.version());
            return null;
        });
    }

    private void bookmarks() {
        store.inTransaction(() -> {
            open.forEach(w -> w.bookmark(store.version()));
            return null;
        });
    }

    private void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "a watch outlived the server", e);
        }
    }

    @Override
    public void close() {
        cutAll();
        executor.shutdownNow();
    }
}
