package io.jenkins.plugins.sparkk8s.staging.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes in parts that an S3 server lists, although the first of them has been ended by another meanwhile. */
class UnfinishedWritesTest {
    private static final String FOLDER = "up/spark-upload-%s-5".formatted("0".repeat(64));

    private final List<String> aborted = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (exchange.getRequestMethod().equals("DELETE")) {
            boolean isGone = query.contains("uploadId=gone");
            if (!isGone) {
                aborted.add(query);
            }
            answer(exchange, isGone ? 404 : 204, isGone ? "<Error><Code>NoSuchUpload</Code></Error>" : "");
        } else if (query.contains("uploads")) {
            String uploads = Stream.of("gone", "left")
                    .map(id ->
                            "<Upload><Key>%s/a.jar</Key><UploadId>%s</UploadId><Initiated>2026-01-01T00:00:00.000Z</Initiated></Upload>"
                                    .formatted(FOLDER, id))
                    .collect(Collectors.joining());
            answer(
                    exchange,
                    200,
                    "<ListMultipartUploadsResult><Bucket>uploads</Bucket><IsTruncated>false</IsTruncated>%s</ListMultipartUploadsResult>"
                            .formatted(uploads));
        } else {
            answer(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void oneThatIsGoneHoldsUpNoOther() throws Exception {
        HadoopGateway gateway = new HadoopGateway(new HadoopSettings(
                Map.of(
                        "fs.s3a.endpoint",
                                "http://127.0.0.1:" + server.getAddress().getPort(),
                        "fs.s3a.path.style.access", "true",
                        "fs.s3a.access.key", "key",
                        "fs.s3a.secret.key", "secret"),
                null,
                false));

        try (UploadStore store = gateway.open("s3a://uploads/up")) {
            assertThat(store.abortUnfinished("s3a://uploads/up", UploadNames::isFolder, Instant.now()))
                    .isEqualTo(1);
        }

        assertThat(aborted).singleElement().asString().contains("uploadId=left");
    }
}
