package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the user sees, and does not, when the API server drops, forgets, refuses or is unreachable. */
class ApplicationMonitorOutageTest {
    private MonitoredCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new MonitoredCluster();
        cluster.startMonitoring();
        cluster.awaitWatches();
        cluster.driverRuns();
        cluster.create(TestPods.executor(1));
        cluster.awaitLine("[executor 1] Pending (pod pi-exec-1)");
        cluster.executorRuns(1);
        cluster.awaitLine("[executor 1] Pending → Running");
        cluster.awaitLine("[driver] Pending → Running on node-1");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void reopensWatchAfterGone() throws Exception {
        cluster.server.faults().forgetHistory();
        cluster.server.faults().dropWatches();
        cluster.executorExits(1, 52);
        cluster.awaitLine("[executor 1] Running → Failed, exit code 52 (JVM OOM)");
        cluster.awaitWatches();
        cluster.driverExits(0);

        assertThat(cluster.awaitEnd().executorsFailed()).isEqualTo(1);
        assertThat(cluster.output).doesNotHaveDuplicates();
    }

    @Test
    void reopensWatchThatIsCutInTheMiddleOfAnEvent() throws Exception {
        for (int round = 2; round < 5; round++) {
            cluster.server.faults().cutWatches();
            cluster.create(TestPods.executor(round));
            cluster.awaitLine("[executor %d] Pending (pod pi-exec-%d)".formatted(round, round));
        }
        cluster.driverExits(0);

        assertThat(cluster.awaitEnd().result().isSuccess()).isTrue();
    }

    @Test
    void staysQuietWhenServerIsOnlyBusy() throws Exception {
        cluster.server.faults().answer(1, RequestMatch.of("list", "pods"), 429);
        cluster.server.faults().answer(1, RequestMatch.of("watch", "pods"), 500);
        cluster.server.faults().dropWatches();
        cluster.executorExits(1, 0);
        cluster.awaitLine("[executor 1] Running → Succeeded");
        cluster.awaitWatches();
        cluster.driverExits(0);

        cluster.awaitEnd();
        assertThat(cluster.output).noneMatch(line -> line.contains("API server"));
    }

    @Test
    void distinguishesExpiredCredentialsFromMissingPermissions() throws Exception {
        cluster.server.faults().answer(50, RequestMatch.of("list", "pods"), 401);
        cluster.server.faults().answer(50, RequestMatch.of("watch", "pods"), 401);
        cluster.server.faults().dropWatches();

        cluster.awaitLine("[spark] the API server does not accept the credentials (401");
    }

    @Test
    void namesTheMissingPermissionOnceWhenTheWatchIsRefused() throws Exception {
        cluster.server.faults().answer(1000, RequestMatch.of("watch", "pods"), 403);
        cluster.server.faults().dropWatches();
        cluster.awaitLine("[spark] WARNING: the API server refuses to watch pods (403");
        cluster.executorExits(1, 52);
        cluster.awaitLine("[executor 1] Running → Failed, exit code 52 (JVM OOM)");
        cluster.driverExits(0);

        assertThat(cluster.awaitEnd().result().isSuccess()).isTrue();
        assertThat(cluster.output)
                .filteredOn(line -> line.contains("API server"))
                .singleElement()
                .asString()
                .endsWith("Give the user a Role in namespace default that allows the verb watch on pods.");
    }

    @Test
    void showsTheLogAgainAfterAnOutage() throws Exception {
        cluster.kubelet.write(Instant.parse("2026-01-01T00:00:20Z"), "before");
        cluster.awaitLine("[driver] | before");
        cluster.server.pause();
        cluster.awaitLine("cannot be reached");
        cluster.kubelet.write(Instant.parse("2026-01-01T00:00:25Z"), "meanwhile");
        cluster.server.resume();

        cluster.awaitLine("[driver] | meanwhile");
        cluster.driverExits(0);
        cluster.awaitEnd();
        assertThat(logLines()).containsExactly("before", "meanwhile");
    }

    @Test
    void losesNothingWhileApiServerIsUnreachable() throws Exception {
        cluster.server.pause();
        cluster.awaitLine("[spark] the API server cannot be reached");
        cluster.server.resume();
        cluster.create(TestPods.executor(2));
        cluster.executorRuns(2);
        cluster.executorExits(2, 137);
        cluster.delete("pi-exec-2");
        cluster.driverExits(3);
        cluster.delete("pi-driver");

        ApplicationSummary summary = cluster.awaitEnd();
        assertThat(summary.result().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(summary.result().exitCode()).isEqualTo(3);
        assertThat(cluster.output)
                .anyMatch(line -> line.startsWith("[spark] the API server answers again after"))
                .filteredOn(line -> line.contains("the API server"))
                .hasSize(2);
    }

    @Test
    void isLostWhenDriverVanishedUnseen() throws Exception {
        cluster.server.pause();
        cluster.awaitLine("[spark] the API server cannot be reached");
        cluster.server.faults().answer(50, RequestMatch.of("watch", "pods"), 500);
        cluster.server.resume();
        cluster.delete("pi-driver");
        cluster.server.faults().forgetHistory();
        cluster.awaitLine("answers again");
        cluster.server.faults().clear();
        await().until(() -> {
            cluster.clock.advance(Duration.ofSeconds(4));
            return cluster.end.isDone();
        });

        ApplicationResult result = cluster.awaitEnd().result();
        assertThat(result.outcome()).isEqualTo(Outcome.LOST);
        assertThat(result.reason()).contains("pi-driver no longer exists", "the result is unknown");
    }

    @Test
    void resumesLogWithoutLossOrRepeat() throws Exception {
        Instant second = Instant.parse("2026-01-01T00:00:20Z");
        cluster.kubelet.write(second, "one");
        cluster.kubelet.write(second, "two");
        cluster.awaitLine("[driver] | two");
        cluster.kubelet.write(second, "three");
        cluster.kubelet.write(second.plusNanos(5), "four");
        cluster.awaitLine("[driver] | four");
        cluster.server.pause();
        cluster.kubelet.write(second.plusNanos(5), "five");
        cluster.kubelet.write(second.plusSeconds(5), "six \u001b[31mred\u001b[0m \u001b]0;title\u0007end");
        cluster.awaitLine("cannot be reached");
        cluster.server.resume();
        cluster.awaitLine("[driver] | six red end");

        cluster.driverExits(0);

        cluster.awaitEnd();
        assertThat(logLines()).containsExactly("one", "two", "three", "four", "five", "six red end");
    }

    private List<String> logLines() {
        return cluster.output.stream()
                .filter(line -> line.startsWith("[driver] | "))
                .map(line -> line.substring("[driver] | ".length()))
                .toList();
    }
}
