package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestRecord;
import io.jenkins.plugins.sparkk8s.localcluster.controller.WorkloadController;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executors whose pods a controller of the cluster creates, and why it does not. */
class RefusedSetsTest {
    private static final String ALLOCATOR = "spark.kubernetes.allocation.pods.allocator";
    private static final String SET = "spark-s-" + TestPods.APPLICATION_ID + "-0";
    private static final String QUOTA =
            "create Pod %s-0 in StatefulSet %s failed error: pods \"%s-0\" is forbidden: exceeded quota: team, requested: pods=1, used: pods=4, limited: pods=4";
    private static final Instant SECOND = Instant.parse("2026-01-01T00:00:20Z");

    private MonitoredCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new MonitoredCluster();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void startMonitoring(String allocator) {
        startMonitoring(Map.of(ALLOCATOR, allocator, "spark.executor.instances", "2"));
    }

    private void startMonitoring(Map<String, String> properties) {
        cluster.properties = properties;
        cluster.startMonitoring();
        cluster.driverRuns();
    }

    private static PodTemplateSpec template() {
        Pod executor = TestPods.executor(1)
                .editMetadata()
                .withName(null)
                .withNamespace(null)
                .addToLabels(Labels.EXECUTOR_ID, "EXECID")
                .addToLabels(Labels.RESOURCE_PROFILE, "0")
                .endMetadata()
                .editSpec()
                .withNodeName(null)
                .withRestartPolicy("Always")
                .endSpec()
                .build();
        return new PodTemplateSpecBuilder()
                .withMetadata(executor.getMetadata())
                .withSpec(executor.getSpec())
                .build();
    }

    /** As Spark's allocators create it. */
    private void createSet(String allocator, int replicas) {
        Map<String, String> selector = Map.of(
                Labels.APPLICATION,
                TestPods.APPLICATION_ID,
                Labels.ROLE,
                Labels.EXECUTOR_ROLE,
                Labels.RESOURCE_PROFILE,
                "0");
        if (allocator.equals("statefulset")) {
            cluster.client
                    .resource(new StatefulSetBuilder()
                            .withNewMetadata()
                            .withName(SET)
                            .withNamespace(TestPods.NAMESPACE)
                            .endMetadata()
                            .withNewSpec()
                            .withPodManagementPolicy("Parallel")
                            .withReplicas(replicas)
                            .withNewSelector()
                            .withMatchLabels(selector)
                            .endSelector()
                            .withTemplate(template())
                            .endSpec()
                            .build())
                    .create();
        } else {
            cluster.client
                    .resource(new DeploymentBuilder()
                            .withNewMetadata()
                            .withName("spark-d-" + TestPods.APPLICATION_ID + "-0")
                            .withNamespace(TestPods.NAMESPACE)
                            .endMetadata()
                            .withNewSpec()
                            .withReplicas(replicas)
                            .withNewSelector()
                            .withMatchLabels(selector)
                            .endSelector()
                            .withTemplate(template())
                            .endSpec()
                            .build())
                    .create();
        }
    }

    private void enforce(String level) {
        UnaryOperator<Namespace> label = namespace -> new NamespaceBuilder(namespace)
                .editMetadata()
                .addToLabels("pod-security.kubernetes.io/enforce", level)
                .endMetadata()
                .build();
        cluster.client.namespaces().withName(TestPods.NAMESPACE).edit(label);
    }

    private void event(String object, String reason, String message, Instant first, Instant last) {
        Event event = new EventBuilder()
                .withNewMetadata()
                .withGenerateName("event-")
                .withNamespace(TestPods.NAMESPACE)
                .endMetadata()
                .withType("Warning")
                .withReason(reason)
                .withMessage(message)
                .withFirstTimestamp(first.toString())
                .withLastTimestamp(last.toString())
                .withNewInvolvedObject()
                .withKind("StatefulSet")
                .withNamespace(TestPods.NAMESPACE)
                .withName(object)
                .endInvolvedObject()
                .build();
        cluster.client
                .v1()
                .events()
                .inNamespace(TestPods.NAMESPACE)
                .resource(event)
                .create();
    }

    private void refused(Instant first, Instant last) {
        event(SET, "FailedCreate", QUOTA.formatted(SET, SET, SET), first, last);
    }

    private Instant now() {
        return cluster.clock.instant();
    }

    private List<String> explanations() {
        synchronized (cluster.output) {
            return cluster.output.stream()
                    .filter(line -> line.contains("executors are missing")
                            || line.contains("that dynamic allocation asks for are missing"))
                    .toList();
        }
    }

    private String current() {
        return cluster.monitor.state().executorsMissing();
    }

    /** Those about executors. */
    private List<String> eventReads() {
        return cluster.server.requests().stream()
                .filter(request ->
                        request.path().endsWith("/events") && request.method().equals("GET"))
                .map(RequestRecord::query)
                .filter(query -> !query.contains("pi-driver"))
                .toList();
    }

    private void awaitNothingMissing() {
        await().atMost(MonitoredCluster.SOON)
                .untilAsserted(() -> assertThat(current()).isNull());
    }

    /** Reads happen in intervals; after two more of them everything that could be found has been. */
    private void awaitReads(int more) {
        int before = eventReads().size();
        await().atMost(MonitoredCluster.SOON).until(() -> eventReads().size() >= before + more);
    }

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
