package io.jenkins.plugins.sparkk8s.monitor.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests to an API server that is unreachable for a while. */
class ApiConnectionTest {
    private final ScheduledExecutorService scheduler = MonitorScheduler.create(2);
    private final List<String> states = new CopyOnWriteArrayList<>();
    private KubernetesApiServer server;
    private KubernetesClient client;
    private ApiConnection connection;

    @BeforeEach
    void start() {
        server = KubernetesApiServer.builder().tls(false).start();
        client = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
        connection = new ApiConnection(
                client,
                new Mailbox(scheduler, scheduler),
                MonitorTimings.builder()
                        .firstRetry(Duration.ofMillis(50))
                        .lastRetry(Duration.ofHours(1))
                        .answer(Duration.ofSeconds(3))
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
    }

    @AfterEach
    void stop() {
        connection.close();
        scheduler.shutdownNow();
        client.close();
        server.close();
    }

    /** With delays that double the twelfth probe would come after more than a minute. */
    @Test
    void probesAtASteadyPaceHoweverLongTheOutageAndThenSendsWhatHasWaited() {
        server.pause();
        CompletableFuture<ApiConnection.Answer> first = connection.get("/version");
        await().until(() -> states.size() >= 12);
        assertThat(first).isCompletedExceptionally();
        CompletableFuture<ApiConnection.Answer> waiting = connection.get("/version");

        server.resume();

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(2));
        assertThat(states).endsWith("back");
    }
}
