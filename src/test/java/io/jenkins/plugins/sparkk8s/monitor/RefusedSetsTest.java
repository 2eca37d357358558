package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.localcluster.controller.WorkloadController;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executors whose pods a controller of the cluster creates, and why it does not. */
class RefusedSetsTest extends SetsCase {
    private static final Instant SECOND = Instant.parse("2026-01-01T00:00:20Z");

    @ParameterizedTest
    @ValueSource(strings = {"statefulset", "deployment"})
    void explainsWhyTheClusterCreatesNone(String allocator) {
        try (WorkloadController controller = new WorkloadController(cluster.server.clientConfig())) {
            startMonitoring(allocator);
            enforce("restricted");
            createSet(allocator, 2);

            cluster.awaitLine(
                    "[spark] 2 of 2 executors are missing (0 running, 0 pending): the API server refuses their pods: pods \"spark-");
            assertThat(explanations())
                    .singleElement()
                    .asString()
                    .contains("is forbidden: violates PodSecurity \"restricted:latest\": ")
                    .endsWith(
                            "Set the fields that it names in the securityContext of spark.kubernetes.executor.podTemplateFile.");
            assertThat(current()).startsWith("2 of 2 executors are missing (0 running, 0 pending): the API server");
            assertThat(eventReads()).allMatch(query -> query.contains("spark-") && query.contains("limit=500"));
            assertThat(controller).isNotNull();
        }
    }

    @Test
    void isSilentAgainWhenThePodsAreThere() {
        startMonitoring("statefulset");
        refused(now(), now());
        cluster.awaitLine("exceeded quota: team");
        for (long id = 1; id <= 2; id++) {
            cluster.create(TestPods.executor(id));
            cluster.executorRuns(id);
        }

        awaitNothingMissing();
        int reads = eventReads().size();
        cluster.awaitLine("executors: 2 running");
        await().during(Duration.ofSeconds(2)).until(() -> eventReads().size() <= reads + 1);
        assertThat(explanations()).hasSize(1);
    }

    /** The controller tries ever less often, so the time that it has tried gives the time of its next attempt. */
    @Test
    void aRefusalThatIsNotRepeatedIsForgotten() {
        startMonitoring("statefulset");
        refused(now().minus(Duration.ofMinutes(5)), now());
        cluster.awaitLine("exceeded quota: team");

        cluster.clock.advance(Duration.ofMinutes(5));
        awaitReads(1);
        assertThat(current()).contains("exceeded quota");
        cluster.clock.advance(Duration.ofMinutes(2));

        awaitNothingMissing();
    }

    @Test
    void whatWasRefusedLongAgoIsNoReason() {
        refused(now().minus(Duration.ofMinutes(30)), now().minus(Duration.ofMinutes(20)));
        event(SET, "SuccessfulCreate", "create Pod x in StatefulSet y successful", now(), now());
        event(SET, "FailedCreate", "create Pod x in StatefulSet y failed error: ", now(), now());
        startMonitoring("statefulset");

        awaitReads(2);

        assertThat(explanations()).isEmpty();
        assertThat(current()).isNull();
    }

    @Test
    void keepsMonitoringWithoutThePermission() {
        cluster.server
                .faults()
                .answer(
                        1000,
                        RequestMatch.of("list", "events"),
                        403,
                        "events is forbidden: User \"jane\" cannot list",
                        0);
        startMonitoring("statefulset");

        cluster.awaitLine(
                "[spark] Pods of executors are missing, and why is not known: the API server refuses to list events (403 events is forbidden: User \"jane\" cannot list). Give the user a Role in namespace default that allows the verb list on events.");
        cluster.create(TestPods.executor(1));
        cluster.executorRuns(1);
        cluster.awaitLine("executors: 1 running");
        assertThat(eventReads()).hasSize(1);
    }

    @Test
    void aFailedReadIsRepeated() {
        cluster.server.faults().answer(1, RequestMatch.of("list", "events"), 500, "etcd is slow", 0);
        startMonitoring("statefulset");
        refused(now(), now());

        cluster.awaitLine("exceeded quota: team");
    }

    /** Their pods have no id of an executor before it registers. */
    @Test
    void explainsWhyPodsOfASetAreNotScheduled() {
        startMonitoring("statefulset");
        for (int i = 0; i < 2; i++) {
            cluster.create(new PodBuilder(TestPods.executor(1).build())
                    .editMetadata()
                    .withName(SET + "-" + i)
                    .addToLabels(Labels.EXECUTOR_ID, "EXECID")
                    .endMetadata()
                    .editSpec()
                    .withRestartPolicy("Always")
                    .endSpec());
            cluster.status(SET + "-" + i, TestPods.unschedulable("0/3 nodes are available: 3 Insufficient memory."));
        }

        cluster.awaitLine(
                "[spark] 2 of 2 executors are missing (0 running, 2 pending): no node has the room: not enough memory on 3 of 3 nodes. Free or add nodes, or ask for less with spark.executor.memory.");
        assertThat(explanations()).hasSize(1);
    }

    /** A driver reports its target once, and not again while the set is refused its pods. */
    @Test
    void countsWhatDynamicAllocationAskedFor() {
        startMonitoring(Map.of(
                ALLOCATOR,
                "statefulset",
                "spark.dynamicAllocation.enabled",
                "true",
                "spark.dynamicAllocation.shuffleTracking.enabled",
                "true"));
        cluster.kubelet.write(
                SECOND,
                "26/01/01 00:00:20 INFO ExecutorAllocationManager: Requesting 3 new executors because tasks are backlogged (new desired total will be 3 for resource profile id: 0)");
        refused(now(), now());

        cluster.awaitLine(
                "[spark] 3 of 3 executors that dynamic allocation asks for are missing (0 running, 0 pending): the API server refuses their pods:");
    }

    @Test
    void readsNoEventsWhileTheDriverCreatesThePods() {
        startMonitoring(Map.of());
        refused(now(), now());
        cluster.create(TestPods.executor(1));
        cluster.executorRuns(1);

        cluster.awaitLine("executors: 1 running");
        await().during(Duration.ofSeconds(2)).until(() -> eventReads().isEmpty());
    }

    @Test
    void masksWhatARefusalSays() {
        cluster.mask = SecretMask.of(SparkConf.of(Map.of("spark.ssl.keyPassword", "hunter2hunter2")));
        startMonitoring("statefulset");
        event(SET, "FailedCreate", "create Pod x in StatefulSet y failed error: hunter2hunter2 is wrong", now(), now());

        cluster.awaitLine("the API server refuses their pods: ");
        assertThat(explanations()).singleElement().asString().doesNotContain("hunter2");
        assertThat(current()).doesNotContain("hunter2");
    }
}
