package io.jenkins.plugins.sparkk8s.monitor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** The log server of node {@code node-1}: serves one log as a kubelet does, from {@code sinceTime} on, up to {@code limitBytes}. */
final class TestKubelet implements AutoCloseable {
    private record Line(Instant time, String text) {}

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpsServer server;

    TestKubelet() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HeldCertificate own = new HeldCertificate.Builder().commonName("node-1").build();
        server.setHttpsConfigurator(new HttpsConfigurator(
                new HandshakeCertificates.Builder().heldCertificate(own).build().sslContext()));
        server.setExecutor(threads);
        server.createContext("/containerLogs", this::serve);
        server.start();
    }

    /** Makes the API server find this kubelet. */
    void register(KubernetesClient client) {
        client.nodes()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName("node-1")
                        .endMetadata()
                        .withNewStatus()
                        .addNewAddress("127.0.0.1", "InternalIP")
                        .withNewDaemonEndpoints()
                        .withNewKubeletEndpoint(server.getAddress().getPort())
                        .endDaemonEndpoints()
                        .endStatus()
                        .build())
                .create();
    }

    /** The container writes a line. */
    void write(Instant time, String text) {
        lines.add(new Line(time, text));
    }

    private void serve(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        Instant since = query.containsKey("sinceTime") ? Instant.parse(query.get("sinceTime")) : Instant.MIN;
        String text = lines.stream()
                .filter(line -> !line.time().isBefore(since))
                .map(line -> line.time() + " " + line.text() + "\n")
                .collect(Collectors.joining());
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        int limit = Integer.parseInt(query.getOrDefault("limitBytes", String.valueOf(body.length)));
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body, 0, Math.min(limit, body.length));
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        return Arrays.stream(exchange.getRequestURI().getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
