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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * The log server of node {@code node-1}: serves one log as a kubelet does, from {@code sinceTime} on or the last lines,
 * up to {@code limitBytes}, and as it grows.
 */
final class TestKubelet implements AutoCloseable {
    private record Line(Instant time, byte[] bytes) {}

    private final List<Line> lines = new ArrayList<>();
    private final AtomicLong bytesSent = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpsServer server;
    private int rotated;
    private boolean ended;
    private String words;

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
    synchronized void write(Instant time, String text) {
        lines.add(new Line(time, (time + " " + text + "\n").getBytes(StandardCharsets.UTF_8)));
        notifyAll();
    }

    /** The container has ended: no stream waits for more. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Rotates the log; an open stream continues in the new one. */
    synchronized void rotate() {
        rotated = lines.size();
    }

    /** Has no log any more, and answers with these words instead. */
    synchronized void lose(String answer) {
        words = answer;
        notifyAll();
    }

    long bytesSent() {
        return bytesSent.get();
    }

    private void serve(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        long left = Long.parseLong(query.getOrDefault("limitBytes", String.valueOf(Long.MAX_VALUE)));
        boolean follow = "true".equals(query.get("follow"));
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            int next = first(query);
            for (List<byte[]> batch = next(next, follow, query); !batch.isEmpty(); batch = next(next, follow, query)) {
                next += batch.size();
                for (byte[] line : batch) {
                    int length = (int) Math.min(line.length, left);
                    out.write(line, 0, length);
                    left -= length;
                    bytesSent.addAndGet(length);
                }
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized int first(Map<String, String> query) {
        int tail = Integer.parseInt(query.getOrDefault("tailLines", String.valueOf(Integer.MAX_VALUE)));
        return Math.max(rotated, lines.size() - tail);
    }

    /** The lines from an index on, each empty that is older than is asked for; none at the end. */
    private synchronized List<byte[]> next(int from, boolean follow, Map<String, String> query)
            throws InterruptedException {
        while (words == null && follow && !ended && from >= lines.size()) {
            wait();
        }
        if (words != null) {
            return from > lines.size() ? List.of() : onlyWords(lines.size() + 1 - from);
        }
        Instant since = query.containsKey("sinceTime") ? Instant.parse(query.get("sinceTime")) : Instant.MIN;
        return from >= lines.size()
                ? List.of()
                : lines.subList(from, Math.min(lines.size(), from + 1000)).stream()
                        .map(line -> line.time().isBefore(since) ? new byte[0] : line.bytes())
                        .toList();
    }

    private List<byte[]> onlyWords(int size) {
        List<byte[]> batch = new ArrayList<>(List.of(words.getBytes(StandardCharsets.UTF_8)));
        while (batch.size() < size) {
            batch.add(new byte[0]);
        }
        return batch;
    }

    private static Map<String, String> query(HttpExchange exchange) {
        return Arrays.stream(exchange.getRequestURI().getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        end();
        server.stop(0);
        threads.shutdownNow();
    }
}
