package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A monitor that resumes from what another has reported: no line is lost, none is reported twice. */
class ApplicationMonitorRestartTest {
    private static final Instant SECOND = Instant.parse("2026-01-01T00:00:20Z");

    private MonitoredCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new MonitoredCluster();
        cluster.startMonitoring();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void runWithTwoExecutors() {
        cluster.driverRuns();
        cluster.create(TestPods.executor(1));
        cluster.create(TestPods.executor(2));
        cluster.executorRuns(1);
        cluster.executorRuns(2);
        cluster.awaitLine("executors: 2 running, 0 pending");
        cluster.kubelet.write(SECOND, "one");
        cluster.awaitLine("[driver] | one");
    }

    @Test
    void repeatsNoLineWhenNothingHasChanged() {
        runWithTwoExecutors();

        cluster.resume(cluster.keep());
        cluster.awaitWatches();
        cluster.kubelet.write(SECOND, "two");
        cluster.awaitLine("[driver] | two");

        assertThat(cluster.output).containsExactly("[driver] | two");
    }

    @Test
    void reportsExecutorsThatEndedWhileUnmonitored() {
        runWithTwoExecutors();
        String kept = cluster.keep();
        cluster.executorExits(1, 137);
        cluster.delete("pi-exec-2");
        cluster.create(TestPods.executor(3));
        cluster.executorRuns(3);

        cluster.resume(kept);
        cluster.awaitLine("executors: 1 running");

        assertThat(cluster.output)
                .contains(
                        "[executor 1] Running → Failed, exit code 137 (SIGKILL, possible container OOM)",
                        "[executor 2] Running → Deleted (by the driver, a user or the cluster)",
                        "[executor 3] Running on node-1 (pod pi-exec-3)",
                        "[spark] executors: 1 running, 0 pending (peak 2, failed 1)");
    }

    @Test
    void reportsAnEndWhileUnmonitored() throws Exception {
        runWithTwoExecutors();
        String kept = cluster.keep();
        cluster.kubelet.write(SECOND, "two");
        cluster.delete("pi-exec-1");
        cluster.delete("pi-exec-2");
        cluster.driverExits(0);

        cluster.resume(kept);
        ApplicationSummary summary = cluster.awaitEnd();

        assertThat(summary.result().isSuccess()).isTrue();
        assertThat(summary.executorsPeak()).isEqualTo(2);
        assertThat(cluster.output)
                .contains("[driver] | two", "[driver] Running → Succeeded, exit code 0 (success)")
                .anyMatch(line -> line.startsWith("[executor 1] Running → Deleted"))
                .anyMatch(line -> line.startsWith("[executor 2] Running → Deleted"))
                .noneMatch(line -> line.startsWith("[driver] Running on"))
                .doesNotContain("[driver] | one");
    }

    @Test
    void countsTheStartTimeoutFromTheFirstLook() {
        String kept = cluster.keep();
        cluster.clock.advance(Duration.ofHours(2));

        cluster.resume(kept);

        await().until(() -> cluster.end.isDone());
        assertThat(cluster.end.join().result().outcome()).isEqualTo(ApplicationResult.Outcome.NEVER_STARTED);
    }

    @Test
    void returnsNoCheckpointOnceTheEndIsBeingReported() throws Exception {
        cluster.driverRuns();
        cluster.driverExits(0);
        cluster.awaitEnd();

        assertThat(cluster.monitor.checkpoint(reported -> reported)).isEmpty();
    }
}
