package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * The kubelet's own HTTPS server, from which the API server takes logs:
 * {@code /containerLogs/<namespace>/<pod>/<container>}. Its certificate is its own, as a kubelet's is by default.
 */
final class LogServer implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(LogServer.class.getName());

    /** Finds a pod. */
    interface Pods {
        /** The worker of a pod, if it runs here. */
        Optional<PodWorker> find(String namespace, String name);
    }

    private final Pods pods;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "kubelet-log-server");
        thread.setDaemon(true);
        return thread;
    });

    /** Starts on a free port of 127.0.0.1. */
    LogServer(Pods pods, String nodeName) throws IOException {
        this.pods = pods;
        HeldCertificate certificate = new HeldCertificate.Builder()
                .commonName(nodeName)
                .addSubjectAlternativeName(ProcessKubelet.HOST_IP)
                .addSubjectAlternativeName(nodeName)
                .build();
        HandshakeCertificates tls =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName(ProcessKubelet.HOST_IP), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.sslContext()));
        server.setExecutor(threads);
        server.createContext("/containerLogs/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/");
            if (path.length != 5) {
                refuse(exchange, 404, "no such path");
                return;
            }
            Optional<ContainerRun> run = pods.find(path[2], path[3]).flatMap(pod -> pod.container(path[4]));
            LogQuery query = LogQuery.of(exchange.getRequestURI());
            if (run.isEmpty()) {
                refuse(exchange, 404, "container \"" + path[4] + "\" not found in pod \"" + path[3] + "\"");
            } else if (query.previous() && run.get().previousLog() == null) {
                String container = "\"" + path[4] + "\" in pod \"" + path[3] + "\"";
                refuse(exchange, 400, "previous terminated container " + container + " not found");
            } else if (!query.previous() && run.get().log() == null) {
                String container = "\"" + path[4] + "\" in pod \"" + path[3] + "\"";
                refuse(
                        exchange,
                        400,
                        "container " + container + " is waiting to start: "
                                + run.get().waitingReason());
            } else {
                exchange.getResponseHeaders().set("Content-Type", "text/plain");
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream body = exchange.getResponseBody()) {
                    new LogReader(query, body)
                            .copy(
                                    query.previous()
                                            ? run.get().previousLog()
                                            : run.get().log());
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The reader of a log is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "Bad request for a log", e);
            refuse(exchange, 400, e.getMessage());
        }
    }

    private static void refuse(HttpExchange exchange, int code, String message) throws IOException {
        byte[] body = message.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
