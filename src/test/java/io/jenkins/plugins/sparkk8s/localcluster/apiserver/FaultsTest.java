package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.CONFIG_MAPS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.sparkk8s.TestTimeouts;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.Lines;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault does what its name says, as often as a test asked for. */
class FaultsTest {

    @RegisterExtension
    final PlainServer api = new PlainServer();

    private final KubernetesApiServer server = api.server();
    private final PlainClient client = api.client();

    @ParameterizedTest
    @CsvSource({"403,Forbidden", "409,Conflict", "422,Invalid", "500,InternalError", "503,ServiceUnavailable"})
    void answersWithAnError(int code, String reason) throws Exception {
        server.faults().answer(1, RequestMatch.of("create", "configmaps"), code);
        Reply refused = client.post(CONFIG_MAPS, configMap("conf"));

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.text("kind")).isEqualTo("Status");
        assertThat(refused.text("reason")).isEqualTo(reason);
        assertThat(client.get(CONFIG_MAPS + "/conf").code()).isEqualTo(404);
        assertThat(client.post(CONFIG_MAPS, configMap("conf")).code()).isEqualTo(201);
    }

    @Test
    void answersWithABodyThatIsNoStatus() throws Exception {
        server.faults().answerBody(1, RequestMatch.of("get", "configmaps"), 502, "text/html", "<h1>Bad Gateway</h1>");

        Reply reply = client.get(CONFIG_MAPS + "/any");

        assertThat(reply.code()).isEqualTo(502);
        assertThat(reply.body().asText()).isEqualTo("<h1>Bad Gateway</h1>");
        assertThat(client.get(CONFIG_MAPS + "/any").code()).isEqualTo(404);
    }

    @Test
    void asksToComeBackLater() throws Exception {
        server.faults().answer(2, RequestMatch.of("get", "*"), 429, "too many requests", 3);
        Reply refused = client.get(CONFIG_MAPS + "/conf");

        assertThat(refused.code()).isEqualTo(429);
        assertThat(refused.retryAfter()).isEqualTo("3");
        assertThat(refused.body().at("/details/retryAfterSeconds").asInt()).isEqualTo(3);
        assertThat(client.get(CONFIG_MAPS + "/conf").code()).isEqualTo(429);
        assertThat(client.get(CONFIG_MAPS + "/conf").code()).isEqualTo(404);
    }

    @Test
    void matchesTheNameInTheBodyOfACreation() throws Exception {
        server.faults().answer(1, RequestMatch.of("create", "configmaps", ".*-conf"), 500);

        assertThat(client.post(CONFIG_MAPS, configMap("other")).code()).isEqualTo(201);
        assertThat(client.post(CONFIG_MAPS, configMap("driver-conf")).code()).isEqualTo(500);
    }

    @Test
    void doesTheWorkAndHidesIt() throws Exception {
        server.faults().answerAfterDoing(1, RequestMatch.of("create", "configmaps"), 504);

        assertThat(client.post(CONFIG_MAPS, configMap("conf")).code()).isEqualTo(504);
        assertThat(client.get(CONFIG_MAPS + "/conf").code()).isEqualTo(200);
    }

    @Test
    void delaysARequest() throws Exception {
        server.faults().delay(1, RequestMatch.of("list", "configmaps"), Duration.ofMillis(400));
        long begin = System.nanoTime();

        assertThat(client.get(CONFIG_MAPS).code()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(390));
    }

    @Test
    void cutsABody() throws Exception {
        server.faults().cutBody(1, RequestMatch.of("create", "configmaps"));

        assertThatThrownBy(() -> client.post(CONFIG_MAPS, configMap("conf"))).isInstanceOf(IOException.class);
        assertThat(client.get(CONFIG_MAPS + "/conf").code()).isEqualTo(200);
    }

    @Test
    void stallsUntilCleared() throws Exception {
        server.faults().stall(1, RequestMatch.of("list", "configmaps"));
        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return client.get(CONFIG_MAPS).code();
            } catch (IOException | InterruptedException e) {
                return -1;
            }
        });

        await().until(() -> server.faults().pending() == 0);
        assertThat(client.get("/version").code()).isEqualTo(200);
        assertThat(answer).isNotDone();
        server.faults().clear();
        assertThat(answer).succeedsWithin(TestTimeouts.SOON).isNotEqualTo(0);
    }

    @Test
    void dropsWatchesCleanly() throws Exception {
        try (Lines lines = client.watch(CONFIG_MAPS + "?watch=1")) {
            await().until(() -> server.openWatches() == 1);
            server.faults().dropWatches();
            await().until(() -> lines.end().equals("clean"));
        }
    }

    @Test
    void cutsWatchesInMidLine() throws Exception {
        try (Lines lines = client.watch(CONFIG_MAPS + "?watch=1")) {
            await().until(() -> server.openWatches() == 1);
            server.faults().cutWatches();
            await().until(() -> lines.end().equals("broken"));
            assertThat(lines.seen()).isEmpty();
        }
    }

    @Test
    void expiresThePagesOfAList() throws Exception {
        client.post(CONFIG_MAPS, configMap("a"));
        client.post(CONFIG_MAPS, configMap("b"));
        String next = client.get(CONFIG_MAPS + "?limit=1").text("metadata", "continue");
        server.faults().forgetHistory();
        Reply refused = client.get(CONFIG_MAPS + "?limit=1&continue=" + next);

        assertThat(refused.code()).isEqualTo(410);
        assertThat(refused.text("reason")).isEqualTo("Expired");
    }

    @Test
    void leavesNoThreadBehind() {
        server.close();

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.isAlive() && t.getName().startsWith("apiserver-")));
    }
}
