package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;

/** The driver pods of a cluster without a kubelet: their states are what the test says. */
final class DriverPods {
    private final KubernetesClient client;

    DriverPods(KubernetesClient client) {
        this.client = client;
    }

    List<Pod> all() {
        return client.pods()
                .inNamespace("default")
                .withLabel("spark-role", "driver")
                .list()
                .getItems();
    }

    /** @return null when there is none */
    Pod named(String name) {
        return client.pods().inNamespace("default").withName(name).get();
    }

    List<ConfigMap> configMaps() {
        return client.configMaps().inNamespace("default").list().getItems().stream()
                .filter(map -> map.getMetadata().getName().startsWith("spark-drv-"))
                .toList();
    }

    /** As when the submission had ended before they got their owner. */
    void disownConfigMaps() {
        configMaps()
                .forEach(map -> client.resource(map)
                        .edit(owned -> new ConfigMapBuilder(owned)
                                .editMetadata()
                                .withOwnerReferences(List.of())
                                .endMetadata()
                                .build()));
    }

    /** Waits until there is exactly one. */
    Pod awaitOne() {
        await().until(() -> all().size() == 1);
        return all().get(0);
    }

    void runs(String driver) {
        status(
                driver,
                "Running",
                new ContainerStateBuilder()
                        .withNewRunning()
                        .withStartedAt(Instant.now().toString())
                        .endRunning());
    }

    void ends(String driver, int exitCode) {
        status(
                driver,
                exitCode == 0 ? "Succeeded" : "Failed",
                new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(exitCode)
                        .withStartedAt(Instant.now().toString())
                        .withFinishedAt(Instant.now().toString())
                        .endTerminated());
    }

    void status(String driver, String phase, ContainerStateBuilder state) {
        client.pods()
                .inNamespace("default")
                .withName(driver)
                .editStatus(pod -> new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase(phase)
                        .addNewContainerStatus()
                        .withName("spark-kubernetes-driver")
                        .withImage("spark")
                        .withImageID("")
                        .withReady(false)
                        .withRestartCount(0)
                        .withState(state.build())
                        .endContainerStatus()
                        .endStatus()
                        .build());
    }
}
