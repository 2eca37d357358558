package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher.Action;
import io.fabric8.kubernetes.client.WatcherException;
import io.jenkins.plugins.sparkk8s.kubernetes.ResourceVersions;
import java.net.HttpURLConnection;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The watch of one namespace, from the version of a list on and then from the last version seen, however often it ends.
 * Not thread-safe: used by tasks of the namespace's mailbox.
 */
final class NamespaceWatch implements WatchConnection.Handler {
    private static final Logger LOGGER = Logger.getLogger(NamespaceWatch.class.getName());

    private final PodSource source;
    private final Executor opening;
    private final Mailbox mailbox;
    private final MonitorTimings timings;
    private final Handler handler;
    /** Null before the first list, and after the API server has forgotten it. */
    private String version;

    private WatchConnection watch;
    /** When the watch was begun to be opened. */
    private int outagesBefore;

    /** Whether the last watch did not end in good order, so that the API server may have stopped answering. */
    private boolean isCut;

    private boolean checking;
    private volatile boolean open;

    /** Is notified by tasks of the mailbox. */
    interface Handler {
        void opened();

        /** Something has come: a change or a mark of progress. */
        void received();

        void changed(Pod pod, boolean deleted);

        /** The watch is to be opened again after a while. */
        void ended();

        /**
         * It could not be opened, which is to be tried again after a while; a list is needed when it was refused.
         *
         * @param outagesBefore how many outages there had been when the attempt began
         */
        void refused(RuntimeException cause, int outagesBefore);

        /** What happened since the last version seen is known by a list only. */
        void forgotten();

        /** An attempt may begin that was put off. */
        void postponed();
    }

    /** @param opening runs what waits until a watch is open */
    NamespaceWatch(PodSource source, Executor opening, Mailbox mailbox, MonitorTimings timings, Handler handler) {
        this.source = source;
        this.opening = opening;
        this.mailbox = mailbox;
        this.timings = timings;
        this.handler = handler;
    }

    /** May be called by any thread. */
    boolean isOpen() {
        return open;
    }

    /** All pods are known at this version. */
    void listed(String listVersion) {
        version = version == null ? listVersion : version;
    }

    /** Whether a list at this version is behind what the watch has reported. */
    boolean isAheadOf(String listVersion) {
        return ResourceVersions.isNewer(version, listVersion);
    }

    /** Opens the watch when there is a version to begin with and none is open. */
    void proceed() {
        if (version == null || watch != null || checking || !source.isReachable()) {
            return;
        }
        if (isCut) {
            check();
            return;
        }
        WatchConnection next = new WatchConnection(this, mailbox);
        String from = version;
        outagesBefore = source.outages();
        opening.execute(() -> {
            if (source.isReachable()) {
                next.open(source, from, timings);
            } else {
                mailbox.execute(() -> postponed(next));
            }
        });
        watch = next;
    }

    /**
     * The client library tries plain HTTP when it cannot connect, and reports that watch as open before it is connected. So
     * an attempt does not show whether the API server answers, and the outage would last until something else is asked.
     */
    private void check() {
        checking = true;
        source.check()
                .whenComplete((answer, problem) -> mailbox.execute(() -> {
                    checking = false;
                    isCut = problem != null;
                    if (isCut) {
                        handler.ended();
                    } else {
                        handler.postponed();
                    }
                }));
    }

    private void postponed(WatchConnection which) {
        if (watch == which) {
            watch = null;
            handler.postponed();
        }
    }

    /** An attempt that still waits is given up, too. {@link #proceed} opens another one from the last version seen. */
    void close() {
        open = false;
        isCut = false;
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    @Override
    public void opened(WatchConnection which) {
        if (watch == which) {
            open = true;
            handler.opened();
        }
    }

    @Override
    public void refused(WatchConnection which, RuntimeException cause) {
        if (watch != which) {
            return;
        }
        LOGGER.log(Level.FINE, "A watch of pods could not be opened; retrying.", cause);
        close();
        if (cause instanceof KubernetesClientException answer && isClientError(answer.getCode())) {
            version = null;
        }
        handler.refused(cause, outagesBefore);
    }

    /** Among them 410 Gone. A list is right after every refusal, since the version itself may be what is wrong. */
    private static boolean isClientError(int code) {
        return code >= HttpURLConnection.HTTP_BAD_REQUEST && code < HttpURLConnection.HTTP_INTERNAL_ERROR;
    }

    @Override
    public void received(WatchConnection which, Action action, Pod pod) {
        if (watch != which) {
            return;
        }
        handler.received();
        switch (action) {
            case ADDED, MODIFIED, DELETED -> {
                version = pod.getMetadata().getResourceVersion();
                handler.changed(pod, action == Action.DELETED);
            }
            case BOOKMARK -> version = pod.getMetadata().getResourceVersion();
            case ERROR -> forgotten();
        }
    }

    @Override
    public void ended(WatchConnection which, WatcherException cause) {
        if (watch != which) {
            return;
        }
        close();
        if (cause != null && cause.isHttpGone()) {
            forgotten();
        } else {
            isCut = cause != null;
        }
        handler.ended();
    }

    private void forgotten() {
        version = null;
        handler.forgotten();
    }
}
