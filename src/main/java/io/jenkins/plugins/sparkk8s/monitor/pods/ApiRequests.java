package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Plain GET requests to one API server, each sent once and with a time limit; no thread of ours waits. Immutable.
 *
 * @param client must not repeat requests by itself
 * @param base URL of the API server, without a slash at its end
 */
record ApiRequests(KubernetesClient client, String base) {
    private static final Logger LOGGER = Logger.getLogger(ApiRequests.class.getName());

    /** @param client as {@link #client} */
    static ApiRequests of(KubernetesClient client) {
        return new ApiRequests(client, client.getMasterUrl().toString().replaceAll("/+$", ""));
    }

    /**
     * @param path with its query
     * @param limit for the whole answer
     * @return the body; fails with a {@code KubernetesClientException}, an {@link UnansweredException} when there was no answer
     */
    CompletableFuture<byte[]> get(String path, Duration limit) {
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
                    .whenComplete((answer, problem) -> complete(body, path, answer, problem));
        } catch (RuntimeException | Error e) {
            // Also when no thread can be had any more: the caller asks again later.
            body.completeExceptionally(new UnansweredException(path, e));
        }
        return body;
    }

    private void complete(CompletableFuture<byte[]> body, String path, HttpResponse<byte[]> answer, Throwable problem) {
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
            Status status = read(answer.body(), Status.class);
            return status == null || status.getCode() == null ? plain : status;
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "A refusal of the API server is no Status.", e);
            return plain;
        }
    }

    <T> T read(byte[] body, Class<T> type) {
        return client.getKubernetesSerialization().unmarshal(new ByteArrayInputStream(body), type);
    }
}
