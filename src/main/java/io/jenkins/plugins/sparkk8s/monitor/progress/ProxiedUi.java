package io.jenkins.plugins.sparkk8s.monitor.progress;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A driver's REST API as the API server passes it on ({@code pods/proxy}). Holds no thread while it waits. Each read
 * has a time limit of its own and one answer of bounded size: an unanswered request to a driver is not a failure of the
 * API server.
 */
final class ProxiedUi implements UiSource {
    private static final Logger LOGGER = Logger.getLogger(ProxiedUi.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** A hundred active stages with their stack traces are 350 KB. */
    private static final int LARGEST = 2 * 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final MonitoredApplication application;
    private final String base;

    /** @param client must not repeat requests by itself */
    ProxiedUi(KubernetesClient client, MonitoredApplication application, int port) {
        this.client = client;
        this.application = application;
        this.base = "%s/api/v1/namespaces/%s/pods/%s:%d/proxy/api/v1/applications/%s/"
                .formatted(
                        withoutSlashes(client.getMasterUrl().toString()),
                        encode(application.namespace()),
                        encode(application.driverPodName()),
                        port,
                        encode(application.applicationId()));
    }

    private static String withoutSlashes(String url) {
        int end = url.length();
        while (url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public CompletableFuture<UiAnswer> read(String path) {
        try {
            HttpRequest request = client.getHttpClient()
                    .newHttpRequestBuilder()
                    .uri(base + path)
                    .header("Accept", "application/json")
                    .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .build();
            Body body = new Body();
            // The client bounds the call itself; this is for one whose thread never gets to run.
            return client.getHttpClient()
                    .consumeBytes(request, body)
                    .thenCompose(body::read)
                    .orTimeout(2 * LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .handle(this::answer);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(answer(null, e));
        }
    }

    /** The answer's bytes, up to the bound. */
    private static final class Body implements AsyncBody.Consumer<List<ByteBuffer>> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private volatile boolean tooLarge;

        private record Read(HttpResponse<AsyncBody> response, byte[] bytes, boolean tooLarge) {}

        CompletableFuture<Read> read(HttpResponse<AsyncBody> response) {
            response.body().consume();
            return response.body().done().handle((nothing, problem) -> {
                if (problem != null && !tooLarge) {
                    throw new CompletionException(problem);
                }
                return new Read(response, bytes.toByteArray(), tooLarge);
            });
        }

        @Override
        public void consume(List<ByteBuffer> pieces, AsyncBody body) {
            for (ByteBuffer piece : pieces) {
                if (bytes.size() + piece.remaining() > LARGEST) {
                    tooLarge = true;
                    body.cancel();
                    return;
                }
                byte[] part = new byte[piece.remaining()];
                piece.get(part);
                bytes.writeBytes(part);
            }
            body.consume();
        }
    }

    private UiAnswer answer(Body.Read read, Throwable problem) {
        if (problem != null) {
            LOGGER.log(
                    Level.FINE,
                    problem,
                    () -> "The REST API of driver %s did not answer.".formatted(application.driverPodName()));
            return new UiAnswer.Unavailable("there was no answer");
        }
        if (read.tooLarge()) {
            return new UiAnswer.Unavailable("the answer is larger than %d bytes".formatted(LARGEST));
        }
        int code = read.response().code();
        if (code == HttpURLConnection.HTTP_UNAUTHORIZED || code == HttpURLConnection.HTTP_FORBIDDEN) {
            return new UiAnswer.Refused(refusal(read.bytes()));
        }
        if (!read.response().isSuccessful()) {
            return new UiAnswer.Unavailable("status %d".formatted(code));
        }
        return content(read);
    }

    private UiAnswer content(Body.Read read) {
        String type = read.response().header("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return new UiAnswer.Starting();
        }
        try {
            return new UiAnswer.Content(JSON.readTree(read.bytes()));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The answer of a driver's REST API is no JSON.", e);
            return new UiAnswer.Unavailable("the answer is no JSON");
        }
    }

    /** The API server refuses with a Status, the driver's own access control with a page. */
    private String refusal(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            Status status = client.getKubernetesSerialization().unmarshal(text, Status.class);
            if (status != null && status.getMessage() != null && "Status".equals(status.getKind())) {
                return "the right to get pods/proxy in namespace %s is missing".formatted(application.namespace());
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "The refusal is no Status.", e);
        }
        return "the driver's UI refuses the request (spark.acls.enable)";
    }
}
