package io.jenkins.plugins.sparkk8s.monitor.log;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads the driver's log with a plain request: the client library's own log operations look the pod up with an informer
 * (a list and a watch) before each read. Immutable.
 */
public record PodLogSource(KubernetesClient client, MonitoredApplication application) implements LogSource {
    private static final Logger LOGGER = Logger.getLogger(PodLogSource.class.getName());
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    @Override
    public InputStream open(String container, String sinceTime, int limitBytes) throws IOException {
        HttpRequest request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(uri(container, sinceTime, limitBytes))
                .build();
        HttpResponse<InputStream> response = answer(client.getHttpClient().sendAsync(request, InputStream.class));
        if (!response.isSuccessful()) {
            throw new KubernetesClientException(status(response));
        }
        return response.body();
    }

    private String uri(String container, String sinceTime, int limitBytes) {
        String base = client.getMasterUrl().toString().replaceAll("/+$", "");
        String since = sinceTime == null ? "" : "&sinceTime=" + encode(sinceTime);
        return "%s/api/v1/namespaces/%s/pods/%s/log?container=%s&timestamps=true&limitBytes=%d%s"
                .formatted(
                        base,
                        encode(application.namespace()),
                        encode(application.driverPodName()),
                        encode(container),
                        limitBytes,
                        since);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static <T> T answer(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for the driver's log.");
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new IOException("The API server did not answer within " + Durations.format(ANSWER_WITHIN) + ".", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private Status status(HttpResponse<InputStream> response) throws IOException {
        String text = beginning(response.body());
        return parse(text)
                .orElseGet(() -> new StatusBuilder()
                        .withCode(response.code())
                        .withMessage(text)
                        .build());
    }

    private static String beginning(InputStream body) throws IOException {
        try (body) {
            return new String(body.readNBytes(TextSanitizer.MAX_LINE), StandardCharsets.UTF_8);
        }
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
