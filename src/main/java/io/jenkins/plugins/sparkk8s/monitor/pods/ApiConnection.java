package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.jenkins.plugins.sparkk8s.kubernetes.SingleAttempts;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one gate for the monitoring's requests to one API server, so that a server that is silent costs its own applications
 * only. A few requests are under way at a time, without a thread of ours; each has a time limit and is tried once.
 *
 * <p>A request without an answer makes the server count as unreachable: from then on one probe asks, later and later, and
 * all other requests wait until it is answered. Thread-safe.
 */
final class ApiConnection implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(ApiConnection.class.getName());

    /** Each costs a thread and a connection of the client while it is under way. */
    private static final int MAX_CONCURRENT_REQUESTS = 6;

    /** Any answer to it means that the server is back, also a refusal. */
    private static final String PROBE = "/version";

    /** The requests that have waited for the server begin within this time. */
    private static final Duration SPREAD = Duration.ofMillis(500);

    /** Told of the state of the server; must not block. */
    interface Listener {
        /** The server did not answer: the request that first failed, or the probe since. */
        void unreachable(RuntimeException cause);

        /** The server answers again. */
        void reachable();
    }

    private final KubernetesClient client;
    private final String base;
    private final Mailbox mailbox;
    private final Duration limit;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    // Used by tasks of the mailbox alone.
    private final Queue<Request> waiting = new ArrayDeque<>();
    private final Backoff probes;
    private int underWay;
    private boolean closed;

    private volatile boolean reachable = true;

    private record Request(String path, CompletableFuture<byte[]> answer) {}

    /**
     * @param client stays the caller's to close
     * @param mailbox belongs to this connection alone
     */
    ApiConnection(KubernetesClient client, Mailbox mailbox, MonitorTimings timings) {
        this.client = SingleAttempts.of(client);
        this.base = client.getMasterUrl().toString().replaceAll("/+$", "");
        this.mailbox = mailbox;
        this.limit = timings.answer();
        this.probes = timings.backoff();
    }

    KubernetesClient client() {
        return client;
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
            send(next.path()).whenComplete((body, problem) -> {
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
            LOGGER.log(Level.FINE, cause, () -> "The API server %s does not answer.".formatted(base));
            listeners.forEach(listener -> listener.unreachable(cause));
            probeLater();
        }
    }

    private void probeLater() {
        mailbox.schedule(this::probe, Jitter.of(probes.next()));
    }

    private void probe() {
        send(PROBE).whenComplete((body, problem) -> mailbox.execute(() -> probed(problem)));
    }

    private void probed(Throwable problem) {
        if (problem instanceof UnansweredException failure) {
            listeners.forEach(listener -> listener.unreachable(failure));
            probeLater();
            return;
        }
        reachable = true;
        probes.reset();
        mailbox.schedule(this::sendWaiting, Jitter.upTo(SPREAD));
        listeners.forEach(Listener::reachable);
    }

    private CompletableFuture<byte[]> send(String path) {
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        try {
            HttpRequest request = client.getHttpClient()
                    .newHttpRequestBuilder()
                    .uri(base + path)
                    .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .build();
            CompletableFuture<HttpResponse<byte[]>> response =
                    client.getHttpClient().sendAsync(request, byte[].class);
            // The client bounds the call itself; this is for one whose thread never gets to run.
            response.orTimeout(limit.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((answer, problem) -> take(path, answer, problem, body));
        } catch (RuntimeException e) {
            body.completeExceptionally(new UnansweredException(path, e));
        }
        return body;
    }

    private void take(String path, HttpResponse<byte[]> answer, Throwable problem, CompletableFuture<byte[]> body) {
        if (problem != null) {
            Throwable cause =
                    problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
            body.completeExceptionally(new UnansweredException(path, cause));
        } else if (answer.isSuccessful()) {
            body.complete(answer.body());
        } else {
            body.completeExceptionally(UnansweredException.of(status(answer)));
        }
    }

    /** A proxy in between answers with something else than a Status. */
    private Status status(HttpResponse<byte[]> answer) {
        Status plain = new StatusBuilder()
                .withCode(answer.code())
                .withMessage("status " + answer.code())
                .build();
        try {
            Status status = client.getKubernetesSerialization()
                    .unmarshal(new ByteArrayInputStream(answer.body()), Status.class);
            return status == null || status.getCode() == null ? plain : status;
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "A refusal of the API server is no Status.", e);
            return plain;
        }
    }
}
