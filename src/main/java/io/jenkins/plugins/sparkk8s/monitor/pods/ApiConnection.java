package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.kubernetes.SingleAttempts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one gate for the monitoring's requests to one API server, so that a server that is silent costs its own applications
 * only. A few requests are under way at a time, without a thread of ours; each has a time limit and is tried once.
 *
 * <p>A request without an answer makes the server count as unreachable: from then on one small probe asks, every second
 * or two, and all other requests wait until it is answered. Thread-safe.
 */
final class ApiConnection implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(ApiConnection.class.getName());

    /** Each costs a thread and a connection of the client while it is under way. */
    private static final int MAX_CONCURRENT_REQUESTS = 6;

    /** Any answer to it means that the server is back, also a refusal. */
    private static final String PROBE = "/version";

    /** The requests that have waited for the server begin within this time. */
    private static final Duration SPREAD = Duration.ofMillis(500);

    /** Is notified of the state of the server; must not block. */
    interface Listener {
        /** The server did not answer: the request that first failed, or the probe since. */
        void unreachable(RuntimeException cause);

        /**
         * The server answers again.
         *
         * @param afterOutage whether a probe had failed; else a single request was too slow
         */
        void reachable(boolean afterOutage);
    }

    private final ApiRequests requests;
    private final Mailbox mailbox;
    private final MonitorTimings timings;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    // Used by tasks of the mailbox alone.
    private final Queue<Request> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean probeFailed;
    private boolean closed;

    private volatile boolean reachable = true;

    private record Request(String path, CompletableFuture<byte[]> answer) {}

    /**
     * @param client stays the caller's to close
     * @param mailbox belongs to this connection alone
     */
    ApiConnection(KubernetesClient client, Mailbox mailbox, MonitorTimings timings) {
        this.requests = ApiRequests.of(SingleAttempts.of(client));
        this.mailbox = mailbox;
        this.timings = timings;
    }

    ApiRequests requests() {
        return requests;
    }

    void add(Listener listener) {
        listeners.add(listener);
    }

    void remove(Listener listener) {
        listeners.remove(listener);
    }

    boolean isReachable() {
        return reachable;
    }

    /**
     * Sends a GET as soon as there is room and the server is not known to be unreachable.
     *
     * @param path with its query
     * @return the body; fails with a {@code KubernetesClientException}, an {@link UnansweredException} when there was no answer
     */
    CompletableFuture<byte[]> get(String path) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        mailbox.execute(() -> {
            waiting.add(new Request(path, answer));
            sendWaiting();
        });
        return answer;
    }

    /** A request of another kind had no answer. */
    void failed(RuntimeException cause) {
        mailbox.execute(() -> unanswered(cause));
    }

    @Override
    public void close() {
        mailbox.execute(() -> {
            closed = true;
            waiting.forEach(request -> request.answer().completeExceptionally(new CancellationException()));
            waiting.clear();
            mailbox.close();
        });
    }

    private void sendWaiting() {
        while (reachable && underWay < MAX_CONCURRENT_REQUESTS && !waiting.isEmpty()) {
            Request next = waiting.remove();
            underWay++;
            requests.get(next.path(), timings.answer()).whenComplete((body, problem) -> {
                mailbox.execute(() -> ended(problem));
                if (problem == null) {
                    next.answer().complete(body);
                } else {
                    next.answer().completeExceptionally(problem);
                }
            });
        }
    }

    private void ended(Throwable problem) {
        underWay--;
        if (problem instanceof UnansweredException failure) {
            unanswered(failure);
        }
        sendWaiting();
    }

    private void unanswered(RuntimeException cause) {
        if (reachable && !closed) {
            reachable = false;
            LOGGER.log(Level.FINE, cause, () -> "The API server %s does not answer.".formatted(requests.base()));
            listeners.forEach(listener -> listener.unreachable(cause));
            probeLater();
        }
    }

    private void probeLater() {
        mailbox.schedule(this::probe, Jitter.of(timings.probe()));
    }

    private void probe() {
        requests.get(PROBE, timings.probeAnswer())
                .whenComplete((body, problem) -> mailbox.execute(() -> probed(problem)));
    }

    private void probed(Throwable problem) {
        if (problem instanceof UnansweredException failure) {
            probeFailed = true;
            listeners.forEach(listener -> listener.unreachable(failure));
            probeLater();
            return;
        }
        boolean afterOutage = probeFailed;
        probeFailed = false;
        reachable = true;
        mailbox.schedule(this::sendWaiting, Jitter.upTo(SPREAD));
        listeners.forEach(listener -> listener.reachable(afterOutage));
    }
}
