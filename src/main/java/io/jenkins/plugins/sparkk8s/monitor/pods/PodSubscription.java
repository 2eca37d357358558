package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What one application gets of the shared watch and lists of its namespace, from {@link #start} to {@link #close}. Secrets
 * are masked; a listener that takes its time holds up no other. Thread-safe.
 */
public final class PodSubscription implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(PodSubscription.class.getName());

    private static final int TOO_MANY_REQUESTS = 429;

    /** An application reports an outage with the second. */
    private static final int MOST_FAILURES = 2;

    /**
     * How an application wants to be polled.
     *
     * @param interval longest time between two lists of its pods
     * @param fromCache whether the API server may answer from its cache ({@code enablePollingWithResourceVersion})
     */
    public record Polls(Duration interval, boolean fromCache) {}

    private final Access access;
    private final MonitorContext context;
    private final Polls polls;
    private final PodSubscriber subscriber;
    /** Used by tasks of the namespace's mailbox. */
    private int failures;

    private final PodTexts texts;

    // Guarded by this.
    private final PodChanges changes = new PodChanges();
    private NamespacePods pods;
    private boolean closed;

    /** The way to the pods of the application's namespace, which live as long as they are in use. */
    interface Access {
        NamespacePods acquire();

        void release();
    }

    PodSubscription(Access access, MonitorContext context, Polls polls, PodSubscriber subscriber) {
        this.access = access;
        this.context = context;
        this.polls = polls;
        this.subscriber = subscriber;
        this.texts = context.texts();
    }

    /** The pods are listed soon; from then on every change is reported. */
    public synchronized void start() {
        if (pods == null && !closed) {
            pods = access.acquire();
            pods.add(this);
        }
    }

    /** Lists the pods once more, soon. */
    public synchronized void refresh() {
        if (pods != null) {
            pods.refresh(this);
        }
    }

    /** Reads the events about one object of the namespace, when the API server lets it. */
    public synchronized CompletableFuture<List<Event>> events(String object) {
        return pods == null
                ? CompletableFuture.completedFuture(List.of())
                : pods.source().events(object);
    }

    /**
     * Asks what happened to one pod since a version, which an API server knows for some minutes.
     *
     * @return the pod's versions, the oldest first; none when the API server does not know them or
     *     refuses, fails when a repeat may help
     */
    public synchronized CompletableFuture<List<PastVersion>> history(String pod, String since) {
        if (pods == null) {
            return CompletableFuture.completedFuture(List.of());
        }
        return pods.source()
                .history(pod, since)
                .exceptionally(PodSubscription::noneOfRefusal)
                .thenApply(versions -> versions.stream()
                        .map(version -> new PastVersion(texts.masked(version.pod()), version.deleted()))
                        .toList());
    }

    private static List<PastVersion> noneOfRefusal(Throwable problem) {
        Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
        int code = cause instanceof KubernetesClientException answer ? answer.getCode() : 0;
        boolean isRefusal = code >= HttpURLConnection.HTTP_BAD_REQUEST
                && code < HttpURLConnection.HTTP_INTERNAL_ERROR
                && code != TOO_MANY_REQUESTS;
        if (!isRefusal) {
            throw new CompletionException(cause);
        }
        LOGGER.log(Level.FINE, cause, () -> "What happened to a pod is not known.");
        return List.of();
    }

    /** Whether the shared watch is open, so that changes come by themselves. */
    public synchronized boolean isWatched() {
        return pods != null && pods.isWatched();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (pods != null) {
            pods.remove(this);
            pods = null;
            access.release();
        }
    }

    String application() {
        return context.application().applicationId();
    }

    Polls polls() {
        return polls;
    }

    void listed(List<Pod> pods, String version, boolean poll) {
        boolean isNew;
        synchronized (this) {
            isNew = !closed && changes.add(pods, version, poll);
        }
        if (isNew) {
            context.mailbox().execute(this::takeOne);
        }
    }

    void changed(Pod pod, boolean deleted) {
        boolean isNew;
        synchronized (this) {
            isNew = !closed && changes.add(pod, deleted);
        }
        if (isNew) {
            context.mailbox().execute(this::takeOne);
        }
    }

    void failed(RuntimeException cause) {
        context.mailbox().execute(() -> subscriber.failed(cause));
    }

    /** Only the first reports are handed on: an outage is as long for each of a thousand applications. */
    void unreachable(RuntimeException cause) {
        if (failures < MOST_FAILURES) {
            failures++;
            context.mailbox().execute(() -> subscriber.unreachable(cause));
        }
    }

    void answered() {
        failures = 0;
        context.mailbox().execute(subscriber::answered);
    }

    void watchRefused(RuntimeException cause) {
        context.mailbox().execute(() -> subscriber.watchRefused(cause));
    }

    /** How many changes wait until the application takes them. */
    synchronized int backlog() {
        return changes.size();
    }

    private void takeOne() {
        Optional<Runnable> next;
        synchronized (this) {
            next = changes.take(new Masking());
        }
        next.ifPresent(Runnable::run);
    }

    /** Where the texts of pods enter the monitoring of the application. */
    private final class Masking implements PodListener {
        @Override
        public void listed(List<Pod> pods, String version) {
            subscriber.listed(pods.stream().map(texts::masked).toList(), version);
        }

        @Override
        public void changed(Pod pod) {
            subscriber.changed(texts.masked(pod));
        }

        @Override
        public void deleted(Pod pod) {
            subscriber.deleted(texts.masked(pod));
        }
    }
}
