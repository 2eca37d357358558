package io.jenkins.plugins.sparkk8s.monitor.log;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import io.jenkins.plugins.sparkk8s.monitor.pods.TimeLimit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One request for a log and its answer, which is read piece by piece: the next one is asked for when the receiver has taken
 * the last. No thread of ours is held, and no thread ever waits for the receiver but the client's own.
 *
 * <p>The client must not be made to close an answer while it reads it: both would work on one buffer, and the loser's
 * exception would reach standard error. So an answer is closed between two pieces, on the thread that reads them; a read that
 * is broken off while nothing comes is left alone, and ends at the request's time limit.
 */
final class PodLogTransfer implements LogSource.Transfer, AsyncBody.Consumer<List<ByteBuffer>> {
    private static final Logger LOGGER = Logger.getLogger(PodLogTransfer.class.getName());
    private static final Duration STALLED = Duration.ofSeconds(1);
    /** After this a stream makes room when other reads wait. */
    private static final Duration FAIR_SHARE = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final HttpRequest request;
    private final LogSource.Receiver receiver;
    private final LogRequests requests;

    // Guarded by this; the receiver is never called with the lock held.
    private LogRequests.Place place;
    private TimeLimit stalled;
    private HttpResponse<AsyncBody> response;
    private ByteArrayOutputStream refusal;
    private long startNanos;
    private boolean isSent;
    private boolean isReleased;
    private boolean isReceiving;
    private boolean isOver;
    private RuntimeException failure;

    /** @param requests bounds how many logs are read at a time */
    PodLogTransfer(KubernetesClient client, HttpRequest request, LogSource.Receiver receiver, LogRequests requests) {
        this.client = client;
        this.request = request;
        this.receiver = receiver;
        this.requests = requests;
    }

    PodLogTransfer start(LogRequests.Kind kind) {
        LogRequests.Place entered = requests.enter(client.getMasterUrl().toString(), kind, this::send);
        boolean released;
        synchronized (this) {
            place = entered;
            released = isReleased;
        }
        if (released) {
            requests.leave(entered);
        }
        return this;
    }

    private void send() {
        synchronized (this) {
            if (isOver) {
                return;
            }
            isSent = true;
            startNanos = System.nanoTime();
            stalled = TimeLimit.of(STALLED, this::stall);
        }
        try {
            client.getHttpClient().consumeBytes(request, this).whenComplete((answer, problem) -> {
                if (problem == null) {
                    answered(answer);
                } else {
                    release();
                    over(unchecked(problem));
                }
            });
        } catch (RuntimeException e) {
            release();
            over(e);
        }
    }

    /** The request is over, and not only its reader's interest in it. */
    private void release() {
        LogRequests.Place mine;
        synchronized (this) {
            isReleased = true;
            mine = place;
            if (stalled != null) {
                stalled.stop();
            }
        }
        if (mine != null) {
            requests.leave(mine);
        }
    }

    private void stall() {
        LogRequests.Place mine;
        synchronized (this) {
            mine = place;
        }
        if (mine != null) {
            requests.markStalled(mine);
        }
    }

    private void answered(HttpResponse<AsyncBody> answer) {
        boolean wanted;
        synchronized (this) {
            response = answer;
            refusal = answer.isSuccessful() ? null : new ByteArrayOutputStream();
            wanted = !isOver;
            stalled.stop();
        }
        AsyncBody body = answer.body();
        if (!wanted) {
            body.cancel();
            release();
            return;
        }
        body.done().whenComplete((nothing, problem) -> {
            release();
            if (problem == null) {
                over(isRefused() ? new KubernetesClientException(status()) : null);
            } else {
                over(unchecked(problem));
            }
        });
        body.consume();
    }

    private synchronized boolean isRefused() {
        return refusal != null;
    }

    @Override
    public void consume(List<ByteBuffer> pieces, AsyncBody body) {
        boolean wanted;
        synchronized (this) {
            wanted = !isOver;
            isReceiving = wanted;
        }
        if (!wanted) {
            body.cancel();
            return;
        }
        RuntimeException problem = null;
        try {
            pieces.forEach(this::receive);
        } catch (RuntimeException e) {
            problem = e;
        }
        boolean ended;
        RuntimeException reason;
        synchronized (this) {
            isReceiving = false;
            ended = isOver;
            reason = failure;
        }
        if (ended) {
            body.cancel();
            receiver.ended(reason);
        } else if (problem != null || yieldsToOthers()) {
            over(problem == null ? new CancellationException() : problem);
            body.cancel();
        } else {
            body.consume();
        }
    }

    private boolean yieldsToOthers() {
        LogRequests.Place mine;
        long nanos;
        synchronized (this) {
            mine = place;
            nanos = System.nanoTime() - startNanos;
        }
        return mine != null && nanos > FAIR_SHARE.toNanos() && requests.isCrowded(mine);
    }

    private void receive(ByteBuffer piece) {
        ByteArrayOutputStream words;
        synchronized (this) {
            words = refusal;
        }
        if (words == null) {
            receiver.bytes(piece);
        } else {
            while (piece.hasRemaining() && words.size() < TextSanitizer.MAX_LINE) {
                words.write(piece.get());
            }
        }
    }

    private void over(RuntimeException problem) {
        synchronized (this) {
            if (isOver) {
                return;
            }
            isOver = true;
            failure = problem;
            if (isReceiving) {
                return;
            }
        }
        receiver.ended(problem);
    }

    @Override
    public void cancel() {
        boolean sent;
        synchronized (this) {
            sent = isSent;
        }
        over(new CancellationException());
        if (!sent) {
            release();
        }
    }

    private static RuntimeException unchecked(Throwable problem) {
        Throwable cause =
                problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        if (cause instanceof RuntimeException unchecked) {
            return unchecked;
        }
        return new UncheckedIOException(cause instanceof IOException io ? io : new IOException(cause));
    }

    private Status status() {
        String text;
        int code;
        synchronized (this) {
            text = refusal.toString(StandardCharsets.UTF_8);
            code = response.code();
        }
        return parse(text)
                .map(status -> isAboutAnother(status)
                        ? new StatusBuilder(status)
                                .withCode(HttpURLConnection.HTTP_BAD_GATEWAY)
                                .build()
                        : status)
                .orElseGet(() ->
                        new StatusBuilder().withCode(code).withMessage(text).build());
    }

    /** A node that is gone is answered with its own name, in the words for a pod; the pod itself is there. */
    private boolean isAboutAnother(Status status) {
        String[] path = request.uri().getPath().split("/");
        String message = status.getMessage() == null ? "" : status.getMessage();
        return status.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                && message.contains("\"")
                && !message.contains("\"" + path[path.length - 2] + "\"");
    }

    /** A proxy in between answers with something else than a Status. */
    private Optional<Status> parse(String text) {
        try {
            return Optional.ofNullable(client.getKubernetesSerialization().unmarshal(text, Status.class))
                    .filter(status -> status.getCode() != null);
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "The refusal to show the log is no Status.", e);
            return Optional.empty();
        }
    }
}
