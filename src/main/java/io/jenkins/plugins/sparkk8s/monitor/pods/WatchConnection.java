package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One attempt at a watch and, when it succeeds, the watch. No exception leaves its callbacks.
 *
 * <p>The client library also reports a watch as closed that could not be opened, before it throws the reason: that report
 * waits until it is known which of the two it is.
 */
final class WatchConnection implements Watcher<Pod> {
    private static final Logger LOGGER = Logger.getLogger(WatchConnection.class.getName());

    /** Is notified of one watch, by tasks of the mailbox. */
    interface Handler {
        void opened(WatchConnection which);

        /** @param cause why it could not be opened */
        void refused(WatchConnection which, RuntimeException cause);

        void received(WatchConnection which, Action action, Pod pod);

        /** @param cause null when the API server has closed it in good order */
        void ended(WatchConnection which, WatcherException cause);
    }

    private final Handler handler;
    private final Executor mailbox;

    // Guarded by this.
    private Watch watch;
    private boolean unwanted;
    private boolean closedEarly;
    private WatcherException earlyCause;

    WatchConnection(Handler handler, Executor mailbox) {
        this.handler = handler;
        this.mailbox = mailbox;
    }

    /** Waits until the API server answers, at most for the time limit. */
    void open(PodSource source, String version, MonitorTimings timings) {
        if (isUnwanted()) {
            return;
        }
        try {
            opened(watch(source, version, timings));
        } catch (RuntimeException e) {
            mailbox.execute(() -> handler.refused(this, e));
        } catch (Error e) {
            // Without a report the watch would count as being opened forever.
            mailbox.execute(() -> handler.refused(this, new IllegalStateException(e)));
        }
    }

    private Watch watch(PodSource source, String version, MonitorTimings timings) {
        Thread opening = Thread.currentThread();
        TimeLimit limit = TimeLimit.of(timings.answer(), opening::interrupt);
        try {
            return source.watch(version, this);
        } finally {
            limit.stop();
            // The interrupt was meant for this request alone, and the next task of this thread must not see it.
            if (Thread.interrupted()) {
                LOGGER.fine("A watch of pods was not opened in time.");
            }
        }
    }

    private void opened(Watch opened) {
        synchronized (this) {
            watch = opened;
            if (unwanted) {
                opened.close();
            }
            mailbox.execute(() -> handler.opened(this));
            if (closedEarly) {
                WatcherException cause = earlyCause;
                mailbox.execute(() -> handler.ended(this, cause));
            }
        }
    }

    private synchronized boolean isUnwanted() {
        return unwanted;
    }

    /** An attempt that still waits is closed as soon as it succeeds. */
    synchronized void close() {
        unwanted = true;
        if (watch != null) {
            watch.close();
        }
    }

    @Override
    public void eventReceived(Action action, Pod pod) {
        Pod reduced = pod == null || pod.getMetadata() == null ? null : ReducedPods.reduced(pod);
        mailbox.execute(() -> handler.received(this, action, reduced));
    }

    @Override
    public void onClose() {
        onClose(null);
    }

    @Override
    public synchronized void onClose(WatcherException cause) {
        if (watch == null) {
            closedEarly = true;
            earlyCause = cause;
        } else {
            LOGGER.log(Level.FINE, "A watch of pods has closed; it will be opened again.", cause);
            mailbox.execute(() -> handler.ended(this, cause));
        }
    }
}
