package io.jenkins.plugins.sparkk8s.monitor.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.TestTimeouts;
import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was asked before an outage, when the server is back: connections may be lost silently. */
class ApiOutageTest {
    private static final String SILENT = "/silent";

    private final ScheduledExecutorService scheduler = MonitorScheduler.create(2);
    private final ExecutorService serving = Executors.newCachedThreadPool();
    private final List<String> states = new CopyOnWriteArrayList<>();
    private final AtomicInteger silentRequests = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean isDown;
    private HttpServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(serving);
        server.createContext("/", this::answer);
        server.createContext(SILENT, exchange -> {
            silentRequests.incrementAndGet();
            awaitEnd();
        });
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .build())
                .build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(isDown ? 503 : 200, -1);
        exchange.close();
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        end.countDown();
        scheduler.shutdownNow();
        client.close();
        server.stop(0);
        serving.shutdownNow();
    }

    private ApiConnection connection(Duration answer) {
        ApiConnection connection = new ApiConnection(
                client,
                new Mailbox(scheduler, scheduler),
                MonitorTimings.builder()
                        .firstRetry(Duration.ofMillis(50))
                        .answer(answer)
                        .build());
        connection.add(new ApiConnection.Listener() {
            @Override
            public void unreachable(RuntimeException cause) {
                states.add("unreachable");
            }

            @Override
            public void reachable(boolean afterOutage) {
                states.add(afterOutage ? "back" : "slow");
            }
        });
        return connection;
    }

    private List<CompletableFuture<ApiConnection.Answer>> silent(ApiConnection connection, int requests) {
        List<CompletableFuture<ApiConnection.Answer>> sent = IntStream.range(0, requests)
                .mapToObj(i -> connection.get(SILENT))
                .toList();
        await().until(() -> silentRequests.get() == requests);
        return sent;
    }

    private void outage(ApiConnection connection) {
        isDown = true;
        connection.failed(new IllegalStateException("no answer"), connection.outages());
        await().until(() -> states.size() >= 3);
        isDown = false;
        await().until(() -> states.contains("back"));
    }

    /** They have taken all the room there is, and their time limit is in the far future. */
    @Test
    void requestsFromBeforeAnOutageHoldUpNoneOfThoseAfterIt() {
        ApiConnection connection = connection(Duration.ofHours(1));
        List<CompletableFuture<ApiConnection.Answer>> before = silent(connection, 6);
        CompletableFuture<ApiConnection.Answer> waiting = connection.get("/version");

        outage(connection);

        assertThat(waiting).succeedsWithin(TestTimeouts.SOON);
        assertThat(before)
                .allSatisfy(request -> assertThat(request)
                        .failsWithin(TestTimeouts.SOON)
                        .withThrowableOfType(ExecutionException.class)
                        .withCauseInstanceOf(UnansweredException.class));
    }

    @Test
    void aRequestFromBeforeThatFailsLateIsNoNewOutage() {
        ApiConnection connection = connection(Duration.ofSeconds(2));
        CompletableFuture<ApiConnection.Answer> before = silent(connection, 1).get(0);
        connection.failed(new IllegalStateException("no answer"), connection.outages());
        await().until(() -> states.contains("slow"));

        assertThat(before).failsWithin(TestTimeouts.SOON);
        assertThat(connection.get("/version")).succeedsWithin(TestTimeouts.SOON);

        assertThat(states).containsExactly("unreachable", "slow");
    }

    @Test
    void anAttemptFromBeforeThatFailsLateIsNoNewOutage() {
        ApiConnection connection = connection(Duration.ofSeconds(2));
        int outagesBefore = connection.outages();
        outage(connection);
        int known = states.size();

        connection.failed(new IllegalStateException("late"), outagesBefore);
        assertThat(connection.get("/version")).succeedsWithin(TestTimeouts.SOON);

        assertThat(states).hasSize(known);
    }

    @Test
    void theTimeThatARequestWaitsForTheServerIsNotTheServersTime() {
        ApiConnection connection = connection(Duration.ofSeconds(2));
        isDown = true;
        connection.failed(new IllegalStateException("no answer"), connection.outages());
        await().until(() -> !states.isEmpty());
        long start = System.nanoTime();
        CompletableFuture<ApiConnection.Answer> waiting = connection.get("/version");
        await().until(() -> states.size() >= 20);
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        isDown = false;

        assertThat(waiting).succeedsWithin(TestTimeouts.SOON);
        assertThat(waiting.join().took()).isLessThan(waited);
    }
}
