package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.kubernetes.SingleAttempts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one gate for the monitoring's requests to one API server, so that a server that is silent costs its own applications
 * only. A few requests are under way at a time, without a thread of ours; each has a time limit and is tried once.
 *
 * <p>A request without an answer makes the server count as unreachable: from then on one small probe asks, every second
 * or two, and all other requests wait until it is answered. A request from before an outage is given up when the server is
 * back, and a late failure of it is no new outage. Thread-safe.
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
    private final Set<Sent> underWay = new HashSet<>();
    private boolean probeFailed;
    private boolean closed;

    private final AtomicInteger outages = new AtomicInteger();
    private volatile boolean reachable = true;

    /**
     * An answer of the server.
     *
     * @param took how long the server took for it; what the request waited for its turn before does not count
     */
    record Answer(byte[] body, Duration took) {}

    private record Request(String path, CompletableFuture<Answer> answer) {}

    /** A request that has no answer yet; each is another one. */
    private static final class Sent {
        private final Request request;
        private final int outagesBefore;
        private final long nanos = System.nanoTime();

        Sent(Request request, int outagesBefore) {
            this.request = request;
            this.outagesBefore = outagesBefore;
        }

        void complete(byte[] body) {
            request.answer().complete(new Answer(body, Duration.ofNanos(System.nanoTime() - nanos)));
        }

        void fail(Throwable problem) {
            request.answer().completeExceptionally(problem);
        }
    }

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
     * @return fails with a {@code KubernetesClientException}, an {@link UnansweredException} when there was no answer
     */
    CompletableFuture<Answer> get(String path) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        mailbox.execute(() -> {
            waiting.add(new Request(path, answer));
            sendWaiting();
        });
        return answer;
    }

    /** Asks for a small answer; fails only when there is none. */
    CompletableFuture<?> check() {
        return get(PROBE).handle((answer, problem) -> {
            if (problem instanceof UnansweredException failure) {
                throw failure;
            }
            return answer;
        });
    }

    /** How many times the server has stopped answering. */
    int outages() {
        return outages.get();
    }

    /**
     * A request of another kind had no answer.
     *
     * @param outagesBefore {@link #outages} when it was sent
     */
    void failed(RuntimeException cause, int outagesBefore) {
        mailbox.execute(() -> unanswered(cause, outagesBefore));
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
        while (reachable && underWay.size() < MAX_CONCURRENT_REQUESTS && !waiting.isEmpty()) {
            send(waiting.remove());
        }
    }

    private void send(Request request) {
        Sent sent = new Sent(request, outages());
        underWay.add(sent);
        requests.get(request.path(), timings.answer()).whenComplete((body, problem) -> {
            mailbox.execute(() -> ended(sent, problem));
            if (problem == null) {
                sent.complete(body);
            } else {
                sent.fail(problem);
            }
        });
    }

    private void ended(Sent sent, Throwable problem) {
        if (underWay.remove(sent) && problem instanceof UnansweredException failure) {
            unanswered(failure, sent.outagesBefore);
        }
        sendWaiting();
    }

    private void unanswered(RuntimeException cause, int outagesBefore) {
        if (reachable && !closed && outagesBefore == outages()) {
            reachable = false;
            outages.incrementAndGet();
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
        if (afterOutage) {
            abandonUnanswered();
        }
        reachable = true;
        mailbox.schedule(this::sendWaiting, Jitter.upTo(SPREAD));
        listeners.forEach(listener -> listener.reachable(afterOutage));
    }

    /** Their connections may not exist any more; the caller asks again. */
    private void abandonUnanswered() {
        List<Sent> abandoned = List.copyOf(underWay);
        underWay.clear();
        abandoned.forEach(sent -> sent.fail(new UnansweredException(sent.request.path(), null)));
    }
}
