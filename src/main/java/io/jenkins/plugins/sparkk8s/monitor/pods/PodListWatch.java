package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A watch that never stays closed: a full list, then a watch from the list's version, then again from the last version
 * seen whenever the watch closes for any reason. A version that the API server has forgotten (410 Gone) leads to a full
 * list. So every change is either seen as an event or contained in a list, and none falls between the two.
 *
 * <p>Spark's own executor watch is not re-opened ({@code ExecutorPodsWatchSnapshotSource}). Attempts are spaced by a
 * growing delay. Lives from {@link #start} to {@link #close}; owns no thread.
 */
public final class PodListWatch implements PodWatch {
    private static final Logger LOGGER = Logger.getLogger(PodListWatch.class.getName());

    private static final Duration OPEN_WITHIN = Duration.ofSeconds(15);

    private final PodQuery query;
    private final Listener listener;
    private final ScheduledExecutorService scheduler;
    private final Backoff backoff;
    private final Duration openWithin;
    private String version;
    private Connection connection;
    private ScheduledFuture<?> reopening;
    private boolean closed;

    PodListWatch(PodQuery query, Listener listener, ScheduledExecutorService scheduler, Backoff backoff) {
        this(query, listener, scheduler, backoff, OPEN_WITHIN);
    }

    /** @param openWithin when an attempt to open the watch is given up, because the API server does not answer */
    PodListWatch(
            PodQuery query,
            Listener listener,
            ScheduledExecutorService scheduler,
            Backoff backoff,
            Duration openWithin) {
        this.openWithin = openWithin;
        this.query = query;
        this.listener = listener;
        this.scheduler = scheduler;
        this.backoff = backoff;
    }

    @Override
    public void start() {
        scheduler.execute(this::open);
    }

    @Override
    public synchronized void retryNow() {
        if (reopening != null && reopening.cancel(false)) {
            backoff.reset();
            reopening = null;
            scheduler.execute(this::open);
        }
    }

    @Override
    public void close() {
        Connection open;
        synchronized (this) {
            closed = true;
            open = connection;
            connection = null;
            if (reopening != null) {
                reopening.cancel(false);
            }
        }
        if (open != null) {
            open.close();
        }
    }

    private void open() {
        Connection next = new Connection();
        replaceBy(next);
        try {
            String from = version();
            if (from == null) {
                PodList list = query.list(null);
                from = list.getMetadata().getResourceVersion();
                listed(next, list, from);
            }
            next.opened(watchFrom(from, next));
        } catch (RuntimeException e) {
            failed(next, e);
        }
    }

    private Watch watchFrom(String from, Connection next) {
        Thread opening = Thread.currentThread();
        TimeLimit limit = TimeLimit.of(openWithin, opening::interrupt);
        try {
            return query.watch(from, next);
        } finally {
            limit.stop();
            // The interrupt was meant for this request alone, and the next task of this thread must not see it.
            if (Thread.interrupted()) {
                LOGGER.fine("A watch of pods was not opened in time.");
            }
        }
    }

    /** An attempt that was asked for twice must not leave the watch of the first one open. */
    private void replaceBy(Connection next) {
        Connection before;
        synchronized (this) {
            reopening = null;
            before = connection;
            connection = closed ? null : next;
            if (closed) {
                next.close();
            }
        }
        if (before != null) {
            before.close();
        }
    }

    private synchronized String version() {
        return version;
    }

    private synchronized void listed(Connection from, PodList list, String listVersion) {
        if (isCurrent(from)) {
            version = listVersion;
            listener.listed(list.getItems(), listVersion);
        }
    }

    private synchronized void failed(Connection which, RuntimeException e) {
        if (isCurrent(which)) {
            LOGGER.log(Level.FINE, "A watch of pods could not be opened; it will be tried again.", e);
            if (e instanceof KubernetesClientException answer && isClientError(answer.getCode())) {
                version = null;
            }
            reopenLater();
        }
    }

    /** Among them 410 Gone. A list is right after every refusal, since the version itself may be what is wrong. */
    private static boolean isClientError(int code) {
        return code >= HttpURLConnection.HTTP_BAD_REQUEST && code < HttpURLConnection.HTTP_INTERNAL_ERROR;
    }

    private boolean isCurrent(Connection which) {
        return !closed && connection == which;
    }

    private void reopenLater() {
        connection = null;
        try {
            reopening = scheduler.schedule(this::open, backoff.next().toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The scheduler is shut down; the watch stays closed.", e);
        }
        listener.interrupted();
    }

    private synchronized void received(Connection from, Watcher.Action action, Pod pod) {
        if (!isCurrent(from)) {
            return;
        }
        backoff.reset();
        if (action != Watcher.Action.ERROR) {
            version = pod.getMetadata().getResourceVersion();
        }
        switch (action) {
            case ADDED, MODIFIED -> listener.changed(pod);
            case DELETED -> listener.deleted(pod);
            case BOOKMARK -> LOGGER.finest("A bookmark moved the version of a watch on.");
            case ERROR -> version = null;
        }
    }

    private synchronized void ended(Connection which, WatcherException cause) {
        if (isCurrent(which)) {
            LOGGER.log(Level.FINE, "A watch of pods has closed; it will be opened again.", cause);
            if (cause != null && cause.isHttpGone()) {
                version = null;
            }
            reopenLater();
        }
    }

    /**
     * One watch; what it says counts only while it is the current one. No exception leaves its callbacks. The client
     * library also reports a watch as closed that could not be opened, before it throws the reason: that report waits.
     */
    private final class Connection implements Watcher<Pod> {
        private Watch watch;
        private boolean unwanted;
        private boolean closedEarly;
        private WatcherException earlyCause;

        void opened(Watch opened) {
            boolean ended;
            synchronized (this) {
                watch = opened;
                ended = closedEarly;
                if (unwanted) {
                    opened.close();
                }
            }
            if (ended) {
                ended(this, earlyCause);
            }
        }

        synchronized void close() {
            unwanted = true;
            if (watch != null) {
                watch.close();
            }
        }

        private synchronized boolean isOpen(WatcherException cause) {
            closedEarly = true;
            earlyCause = cause;
            return watch != null;
        }

        @Override
        public void eventReceived(Action action, Pod pod) {
            try {
                received(this, action, pod);
            } catch (RuntimeException e) {
                LOGGER.log(Level.FINE, "An event of a pod could not be handled; the next list repairs it.", e);
            }
        }

        @Override
        public void onClose() {
            onClose(null);
        }

        @Override
        public void onClose(WatcherException cause) {
            try {
                if (isOpen(cause)) {
                    ended(this, cause);
                }
            } catch (RuntimeException e) {
                LOGGER.log(Level.FINE, "A watch of pods could not be opened again.", e);
            }
        }
    }
}
