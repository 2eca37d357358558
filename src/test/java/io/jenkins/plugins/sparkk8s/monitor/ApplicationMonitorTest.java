package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import java.time.Duration;
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
    void reportsTheLifeOfASuccessfulApplication() throws Exception {
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

    @Test
    void returnsItsStateFromMemory() throws Exception {
        cluster.startMonitoring();
        assertThat(cluster.monitor.state().executorsRequested()).hasToString("2");
        cluster.awaitWatches();
        cluster.driverRuns();
        cluster.awaitLine("[driver] Pending → Running on node-1");
        assertThat(cluster.monitor.state().driver()).isEqualTo("Running on node-1");
        cluster.create(TestPods.executor(1));
        cluster.executorRuns(1);
        cluster.awaitLine("[spark] executors: 1 running, 0 pending (peak 1, failed 0)");
        assertThat(cluster.monitor.state())
                .extracting(
                        ApplicationState::executorsRunning,
                        ApplicationState::executorsPending,
                        ApplicationState::executorsPeak,
                        ApplicationState::executorsFailed)
                .containsExactly(1L, 0L, 1L, 0L);
        cluster.driverExits(1);
        cluster.awaitEnd();
        assertThat(cluster.monitor.state().driver()).isEqualTo("Failed");
    }

    @Test
    void sidecarKeepsPodRunningButSparkContainerDecides() throws Exception {
        cluster.startMonitoring();
        cluster.driverRuns();
        cluster.awaitLine("Running on node-1");
        cluster.status(
                "pi-driver",
                TestPods.status(
                        "Running",
                        TestPods.terminated(TestPods.DRIVER_CONTAINER, 3, "Error", "it broke\nin line 2"),
                        TestPods.running("istio-proxy")));

        ApplicationSummary summary = cluster.awaitEnd();
        assertThat(summary.result().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(summary.result().exitStatus()).isEqualTo(3);
        assertThat(summary.running()).isEqualTo(Duration.ofSeconds(80));
        assertThat(cluster.output)
                .containsSubsequence(
                        "[driver] Running → Failed, exit code 3",
                        "[spark] The driver ended with exit code 3.",
                        "[spark]   it broke",
                        "[spark]   in line 2");
    }

    @Test
    void failsWithReasonWhenEvictedWithoutContainerStatuses() throws Exception {
        cluster.startMonitoring();
        cluster.driverRuns();
        cluster.awaitLine("Running on node-1");
        cluster.status("pi-driver", TestPods.failed("Evicted", "The node was low on resource: memory."));

        ApplicationResult result = cluster.awaitEnd().result();
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.exitCode()).isNull();
        assertThat(result.exitStatus()).isEqualTo(1);
        assertThat(result.reason()).isEqualTo("The driver pod failed: Evicted: The node was low on resource: memory.");
    }

    @Test
    void failsWhenDriverIsDeletedWhileRunning() throws Exception {
        cluster.startMonitoring();
        cluster.driverRuns();
        cluster.awaitLine("Running on node-1");
        cluster.client
                .pods()
                .inNamespace(TestPods.NAMESPACE)
                .withName("pi-driver")
                .withGracePeriod(30)
                .delete();
        cluster.awaitLine("[driver] is being deleted, grace period 30 s");
        cluster.delete("pi-driver");

        ApplicationResult result = cluster.awaitEnd().result();
        assertThat(result.outcome()).isEqualTo(Outcome.DELETED);
        assertThat(result.reason()).isEqualTo("The driver pod pi-driver was deleted before the driver ended.");
        assertThat(cluster.output).contains("[driver] Running → Deleted");
    }

    @Test
    void seesSuccessThoughPodIsDeletedRightAfterwards() throws Exception {
        cluster.startMonitoring();
        cluster.driverRuns();
        cluster.awaitLine("Running on node-1");
        cluster.driverExits(0);
        cluster.delete("pi-driver");

        assertThat(cluster.awaitEnd().result().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void imagePullBackOffFailsWithinItsGrace() throws Exception {
        cluster.startMonitoring();
        Pod driver = cluster.client
                .pods()
                .inNamespace(TestPods.NAMESPACE)
                .withName("pi-driver")
                .get();
        cluster.warn(driver, "Failed", "Failed to pull image \"spark\": not found");
        cluster.warn(driver, "FailedMount", "configmap \"pi-conf\" not found");
        cluster.driverWaits("ErrImagePull", "not found");
        cluster.awaitLine("[driver] Pending: ErrImagePull: not found");
        cluster.driverWaits("ImagePullBackOff", "Back-off pulling image \"spark\"");
        cluster.awaitLine("[driver] event Failed: Failed to pull image \"spark\": not found");
        assertThat(cluster.end).isNotDone();
        cluster.clock.advance(Duration.ofSeconds(61));

        ApplicationResult result = cluster.awaitEnd().result();
        assertThat(result.outcome()).isEqualTo(Outcome.NEVER_STARTED);
        assertThat(result.reason())
                .startsWith("The driver pod pi-driver cannot start: ErrImagePull: not found.")
                .contains("spark.kubernetes.container.image");
        assertThat(result.details()).contains("Failed: Failed to pull image \"spark\": not found");
        assertThat(cluster.output)
                .filteredOn(line -> line.contains("event Failed: "))
                .hasSize(1);
        assertThat(cluster.output).noneMatch(line -> line.startsWith("[driver] Pending: ImagePullBackOff"));
    }

    @Test
    void givesUpOnUnschedulableDriverAfterStartTimeout() throws Exception {
        cluster.startMonitoring();
        cluster.status("pi-driver", TestPods.unschedulable("0/3 nodes are available: 3 Insufficient cpu."));
        cluster.awaitLine("[driver] Pending: Unschedulable: 0/3 nodes are available: 3 Insufficient cpu.");
        cluster.clock.advance(Duration.ofMinutes(9));
        cluster.awaitLine("[spark] still there after 9 m: driver Pending");
        assertThat(cluster.end).isNotDone();
        cluster.clock.advance(Duration.ofMinutes(2));

        ApplicationResult result = cluster.awaitEnd().result();
        assertThat(result.outcome()).isEqualTo(Outcome.NEVER_STARTED);
        assertThat(result.reason()).contains("within 10 m", "Insufficient cpu", "spark.kubernetes.submit.startTimeout");
    }

    @Test
    void countsExecutorRemovedByDriverAsNoFailure() throws Exception {
        cluster.startMonitoring();
        cluster.driverRuns();
        for (long id = 1; id <= 3; id++) {
            cluster.create(TestPods.executor(id));
            cluster.executorRuns(id);
        }
        cluster.awaitLine("[spark] executors: 3 running");
        cluster.executorExits(1, 137);
        cluster.awaitLine("[executor 1] Running → Failed, exit code 137 (SIGKILL, possible container OOM)");
        cluster.driverExits(0);
        cluster.delete("pi-exec-2");
        cluster.delete("pi-exec-1");
        cluster.executorExits(3, 1);

        ApplicationSummary summary = cluster.awaitEnd();
        assertThat(summary.result().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(summary.executorsPeak()).isEqualTo(3);
        assertThat(cluster.output)
                .anyMatch(line -> line.startsWith("[executor 2] Running → Deleted"))
                .noneMatch(line -> line.contains("failed 2") || line.contains("failed 3"));
    }

    @Test
    void keptExecutorLeavesWithoutBeingCalledDeleted() throws Exception {
        cluster.startMonitoring();
        cluster.driverRuns();
        cluster.create(TestPods.executor(1));
        cluster.executorRuns(1);
        cluster.awaitLine("[executor 1] Pending → Running");
        cluster.executorExits(1, 0);
        cluster.client
                .pods()
                .inNamespace(TestPods.NAMESPACE)
                .withName("pi-exec-1")
                .edit(pod -> new PodBuilder(pod)
                        .editMetadata()
                        .addToLabels(Labels.INACTIVE, "true")
                        .endMetadata()
                        .build());
        cluster.driverExits(0);

        cluster.awaitEnd();
        assertThat(cluster.output)
                .contains("[executor 1] Running → Succeeded, exit code 0")
                .noneMatch(line -> line.contains("Deleted"));
    }

    @Test
    void stopLeavesTheApplicationAlone() {
        cluster.startMonitoring();
        cluster.driverRuns();
        cluster.awaitLine("Running on node-1");
        cluster.monitor.stop();
        cluster.monitor.stop();

        assertThat(cluster.end).isCancelled();
        await().until(() -> cluster.server.openWatches() == 0);
        assertThat(cluster.client
                        .pods()
                        .inNamespace(TestPods.NAMESPACE)
                        .withName("pi-driver")
                        .get())
                .isNotNull();
    }
}
