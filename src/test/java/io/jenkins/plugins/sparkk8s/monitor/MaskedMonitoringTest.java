package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a pod, an event or the driver's log says of a secret never gets out of the monitor. */
class MaskedMonitoringTest {
    private static final String SECRET = "s3cr3t-(token)";
    private static final String HIDDEN = "*********(redacted)";

    private MonitoredCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new MonitoredCluster();
        cluster.mask = SecretMask.none().and(List.of(SECRET));
        cluster.startMonitoring();
        cluster.awaitWatches();
    }

    @AfterEach
    void stop() {
        assertThat(cluster.output).noneMatch(line -> line.contains(SECRET));
        cluster.close();
    }

    private Pod driver() {
        return cluster.client
                .pods()
                .inNamespace(TestPods.NAMESPACE)
                .withName("pi-driver")
                .get();
    }

    @Test
    void hidesItInEventsAndWaitingReasonsOfADriverThatNeverStarts() throws Exception {
        cluster.driverWaits("CreateContainerError", "no command " + SECRET);
        cluster.awaitLine("[driver] Pending: CreateContainerError: no command " + HIDDEN);
        cluster.warn(driver(), "Failed", "Error: no file " + SECRET);
        cluster.awaitLine("[driver] event Failed: Error: no file " + HIDDEN);
        String kept = cluster.monitor.checkpoint(MonitorCheckpoint::toJson).orElseThrow();
        cluster.clock.advance(Duration.ofMinutes(2));

        ApplicationSummary summary = cluster.awaitEnd();

        assertThat(kept).contains("no file").doesNotContain(SECRET);
        assertThat(summary.toString()).contains(HIDDEN).doesNotContain(SECRET);
    }

    @Test
    void hidesItInTheTerminationMessageAndTheLog() throws Exception {
        cluster.driverRuns();
        cluster.kubelet.write(Instant.parse("2026-01-01T00:00:20Z"), "password=s3cr3t-\u001b[1m(token)");
        cluster.awaitLine("[driver] | password=" + HIDDEN);
        cluster.status(
                "pi-driver",
                TestPods.status(
                        "Failed",
                        TestPods.terminated(TestPods.DRIVER_CONTAINER, 1, "Error", "denied: " + SECRET + "\nbye")));

        ApplicationSummary summary = cluster.awaitEnd();

        assertThat(summary.result().details()).containsExactly("denied: " + HIDDEN, "bye");
        assertThat(cluster.output).contains("[spark]   denied: " + HIDDEN);
    }

    @Test
    void hidesItInWhatAnExecutorSays() throws Exception {
        cluster.create(TestPods.executor(1));
        cluster.status(
                "pi-exec-1",
                TestPods.status(
                        "Failed",
                        TestPods.terminated(TestPods.EXECUTOR_CONTAINER, 1, "OOMKilled", "argument " + SECRET)));

        cluster.awaitLine(
                "[executor 1] Pending → Failed, exit code 1 (generic, look at logs to clarify), OOMKilled: argument "
                        + HIDDEN);
    }
}
