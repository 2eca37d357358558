package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.monitor.ApplicationResult.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From pods on an API server to the lines and the result that a user sees. */
class ApplicationMonitorTest {
    private MonitoredCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new MonitoredCluster();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void tellsTheLifeOfASuccessfulApplication() throws Exception {
        cluster.startMonitoring();
        cluster.awaitWatches();
        cluster.driverRuns();
        cluster.awaitLine("[driver] Pending → Running on node-1");
        cluster.create(TestPods.executor(1));
        cluster.awaitLine("[executor 1] Pending (pod pi-exec-1)");
        cluster.executorRuns(1);
        cluster.awaitLine("[executor 1] Pending → Running on node-1");
        cluster.awaitLine("[spark] executors: 1 running, 0 pending (peak 1, failed 0)");
        cluster.executorExits(1, 0);
        cluster.awaitLine("[executor 1] Running → Succeeded, exit code 0");
        cluster.driverExits(0);

        ApplicationSummary summary = cluster.awaitEnd();
        assertThat(summary.result().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(summary.result().exitStatus()).isZero();
        assertThat(summary.executorsPeak()).isEqualTo(1);
        assertThat(summary.executorsFailed()).isZero();
        assertThat(cluster.output).last().isEqualTo("[driver] Running → Succeeded, exit code 0 (success)");
    }
}
