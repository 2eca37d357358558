package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Has an application whose executors come from a StatefulSet or a Deployment, with the events of its controller. */
abstract class SetsCase {
    static final String ALLOCATOR = "spark.kubernetes.allocation.pods.allocator";
    static final String SET = "spark-s-" + TestPods.APPLICATION_ID + "-0";
    private static final String QUOTA =
            "create Pod %s-0 in StatefulSet %s failed error: pods \"%s-0\" is forbidden: exceeded quota: team, requested: pods=1, used: pods=4, limited: pods=4";

    MonitoredCluster cluster;

    @BeforeEach
    final void start() throws Exception {
        cluster = new MonitoredCluster();
    }

    @AfterEach
    final void stop() {
        cluster.close();
    }

    final void startMonitoring(String allocator) {
        startMonitoring(Map.of(ALLOCATOR, allocator, "spark.executor.instances", "2"));
    }

    final void startMonitoring(Map<String, String> properties) {
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
    final void createSet(String allocator, int replicas) {
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

    final void enforce(String level) {
        UnaryOperator<Namespace> label = namespace -> new NamespaceBuilder(namespace)
                .editMetadata()
                .addToLabels("pod-security.kubernetes.io/enforce", level)
                .endMetadata()
                .build();
        cluster.client.namespaces().withName(TestPods.NAMESPACE).edit(label);
    }

    final void event(String object, String reason, String message, Instant first, Instant last) {
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

    final void refused(Instant first, Instant last) {
        event(SET, "FailedCreate", QUOTA.formatted(SET, SET, SET), first, last);
    }

    final Instant now() {
        return cluster.clock.instant();
    }

    final List<String> explanations() {
        synchronized (cluster.output) {
            return cluster.output.stream()
                    .filter(line -> line.contains("executors are missing")
                            || line.contains("that dynamic allocation asks for are missing"))
                    .toList();
        }
    }

    final String current() {
        return cluster.monitor.state().executorsMissing();
    }

    /** Those about executors. */
    final List<String> eventReads() {
        return cluster.server.requests().stream()
                .filter(request ->
                        request.path().endsWith("/events") && request.method().equals("GET"))
                .map(RequestRecord::query)
                .filter(query -> !query.contains("pi-driver"))
                .toList();
    }

    final void awaitNothingMissing() {
        await().untilAsserted(() -> assertThat(current()).isNull());
    }

    /** Reads happen in intervals; after two more of them everything that could be found has been. */
    final void awaitReads(int more) {
        int before = eventReads().size();
        await().until(() -> eventReads().size() >= before + more);
    }
}
