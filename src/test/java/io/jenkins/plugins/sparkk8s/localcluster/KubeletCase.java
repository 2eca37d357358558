package io.jenkins.plugins.sparkk8s.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A cluster with pods whose containers run a command, for tests of what their user sees of the kubelet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
abstract class KubeletCase {
    final AtomicInteger namespaces = new AtomicInteger();
    LocalCluster cluster;
    KubernetesClient client;
    String namespace;

    @BeforeAll
    void startCluster() throws IOException {
        cluster = TestedCluster.start();
        client = cluster.client();
    }

    @AfterAll
    void closeCluster() throws IOException {
        cluster.close();
    }

    @BeforeEach
    void createNamespace() {
        namespace = "test-" + namespaces.incrementAndGet();
        cluster.createNamespace(namespace);
    }

    static Pod command(String name, String script) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("main")
                .withImage("busybox")
                .withCommand("/bin/sh", "-c", script)
                .endContainer()
                .endSpec()
                .build();
    }

    void create(Pod pod) {
        client.pods().inNamespace(namespace).resource(pod).create();
    }

    PodResource pod(String name) {
        return client.pods().inNamespace(namespace).withName(name);
    }

    String log(String name) {
        return pod(name).getLog();
    }

    void awaitLog(String name, String text) {
        awaitPhase(name, "Running");
        await().untilAsserted(() -> assertThat(log(name)).contains(text));
    }

    Pod awaitPhase(String name, String phase) {
        return awaitPod(
                name,
                pod -> pod.getStatus() != null && phase.equals(pod.getStatus().getPhase()));
    }

    Pod awaitPod(String name, Predicate<Pod> condition) {
        return await("pod " + name)
                .ignoreExceptions()
                .until(() -> pod(name).get(), pod -> pod != null && condition.test(pod));
    }

    static ContainerStateTerminated terminated(Pod pod) {
        return pod.getStatus().getContainerStatuses().get(0).getState().getTerminated();
    }

    static String waitingReason(Pod pod) {
        var statuses = pod.getStatus().getContainerStatuses();
        return statuses.isEmpty() || statuses.get(0).getState().getWaiting() == null
                ? null
                : statuses.get(0).getState().getWaiting().getReason();
    }

    List<Event> events(String podName) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> podName.equals(event.getInvolvedObject().getName()))
                .toList();
    }

    List<String> eventReasons(String podName) {
        return events(podName).stream().map(Event::getReason).toList();
    }
}
