package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One explanation for all executors that are not there. */
class MissingExecutorsTest {
    private static final Instant SECOND = Instant.parse("2026-01-01T00:00:20Z");
    private static final String REFUSED =
            "io.fabric8.kubernetes.client.KubernetesClientException: Failure executing: POST at: https://k/api/v1/namespaces/default/pods. Message: pods \"pi-exec-1\" is forbidden: exceeded quota: %s, requested: cpu=1, used: cpu=4, limited: cpu=4. Received status: Status(code=403).";

    private MonitoredCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new MonitoredCluster();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void pending(int executors, String message) {
        LongStream.rangeClosed(1, executors).forEach(id -> {
            cluster.create(TestPods.executor(id));
            cluster.status("pi-exec-" + id, TestPods.unschedulable(message));
        });
    }

    private List<String> explanations() {
        synchronized (cluster.output) {
            return cluster.output.stream()
                    .filter(line -> line.contains("executors are missing"))
                    .toList();
        }
    }

    private String current() {
        return cluster.monitor.state().executorsMissing();
    }

    @Test
    void explainsOnceWhyNoneIsScheduled() {
        cluster.startMonitoring();
        cluster.driverRuns();
        pending(2, "0/3 nodes are available: 3 Insufficient memory.");

        // It may come when only the first pod has been seen.
        cluster.awaitLine(
                " pending): no node has the room: not enough memory on 3 of 3 nodes. Free or add nodes, or ask for less with spark.executor.memory.");
        assertThat(explanations())
                .singleElement()
                .asString()
                .contains("[spark] 2 of 2 executors are missing (0 running, ");
        assertThat(current()).startsWith("2 of 2 executors are missing");
        cluster.executorRuns(1);
        await().untilAsserted(() -> assertThat(current()).startsWith("1 of 2 executors are missing (1 running"));
        cluster.executorRuns(2);
        await().untilAsserted(() -> assertThat(current()).isNull());

        assertThat(explanations()).hasSize(1);
    }

    @Test
    void anotherCauseIsExplainedToo() {
        cluster.startMonitoring();
        cluster.driverRuns();
        pending(1, "0/3 nodes are available: 3 Insufficient memory.");
        cluster.awaitLine("not enough memory on 3 of 3 nodes");
        cluster.status(
                "pi-exec-1",
                TestPods.status(
                        "Pending",
                        TestPods.waiting(
                                TestPods.EXECUTOR_CONTAINER, "ErrImagePull", "failed to pull: \"x\": not found")));

        cluster.awaitLine(
                "(0 running, 1 pending): ErrImagePull: failed to pull: \"x\": not found. Check that spark.kubernetes.executor.container.image");
        assertThat(explanations()).hasSize(2);
    }

    /** No pod of theirs exists, and no event: only the driver is notified. */
    @Test
    void takesARefusalFromTheDriversLog() {
        cluster.mask = SecretMask.of(SparkConf.of(Map.of("spark.ssl.keyPassword", "hunter2hunter2")));
        cluster.startMonitoring();
        cluster.driverRuns();
        cluster.kubelet.write(cluster.clock.instant(), REFUSED.formatted("hunter2hunter2"));

        cluster.awaitLine(
                "[spark] 2 of 2 executors are missing (0 running, 0 pending): the API server refuses their pods:");
        assertThat(explanations()).singleElement().asString().contains("spark.executor.instances");
        assertThat(current()).contains("exceeded quota").doesNotContain("hunter2");
        cluster.clock.advance(Duration.ofMinutes(2));
        await().untilAsserted(() -> assertThat(current()).isNull());
    }

    @Test
    void readsTheEventsOfOnePodThatHasNoReasonItself() {
        cluster.startMonitoring();
        cluster.driverRuns();
        Pod pod = cluster.create(TestPods.executor(1));
        cluster.create(TestPods.executor(2));
        cluster.warn(pod, "FailedMount", "MountVolume.SetUp failed for volume \"v\" : secret \"s\" not found");

        cluster.awaitLine(
                "(0 running, 2 pending): FailedMount: MountVolume.SetUp failed for volume \"v\" : secret \"s\" not found");
        assertThat(cluster.server.requests().stream()
                        .filter(request -> request.path().endsWith("/events"))
                        .filter(request -> request.query().contains("pi-exec-2")))
                .isEmpty();
    }

    /** Its pods have a node by now, and pull the image. */
    @Test
    void doesNotExplainByAnEventOfAWaitThatIsOver() {
        cluster.startMonitoring();
        cluster.driverRuns();
        Pod pod = cluster.create(TestPods.executor(1));
        cluster.warn(pod, "FailedScheduling", "0/3 nodes are available: 3 Insufficient memory.");
        await().until(() -> cluster.server.requests().stream()
                .anyMatch(request -> request.path().endsWith("/events")));
        cluster.warn(pod, "NetworkNotReady", "network is not ready");

        cluster.awaitLine("NetworkNotReady: network is not ready");
        assertThat(explanations()).hasSize(1);
    }

    @Test
    void comparesFailuresWithTheLimit() {
        cluster.startMonitoring();
        cluster.driverRuns();
        LongStream.rangeClosed(1, 3).forEach(id -> {
            cluster.create(TestPods.executor(id));
            cluster.executorRuns(id);
        });
        cluster.awaitLine("executors: 3 running");
        LongStream.rangeClosed(1, 3).forEach(id -> cluster.executorExits(id, 1));

        cluster.awaitLine(
                "[spark] 3 executors have failed, the last with exit code 1 (generic, look at logs to clarify). Spark ends the application when more than 3 have (spark.executor.maxNumFailures).");
    }

    @Test
    void aRestartRepeatsNoExplanation() {
        cluster.startMonitoring();
        cluster.driverRuns();
        pending(2, "0/3 nodes are available: 3 Insufficient memory.");
        cluster.awaitLine("2 of 2 executors are missing");

        cluster.resume(cluster.keep());
        await().untilAsserted(() -> assertThat(current()).isNotNull());

        assertThat(explanations()).isEmpty();
    }

    @Test
    void doesNotBlameAnythingForExecutorsThatAreNotAskedForYet() throws Exception {
        cluster.startMonitoring();
        cluster.driverRuns();
        cluster.kubelet.write(SECOND, "reading tables before there is a SparkContext");
        cluster.awaitLine("reading tables");
        cluster.driverExits(0);
        cluster.awaitEnd();

        assertThat(explanations()).isEmpty();
    }
}
