package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client library that the engine and Spark use, over TLS and WebSockets. */
class FabricClientTest {

    private KubernetesApiServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        server = KubernetesApiServer.builder().start();
        client = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void createsChangesAndDeletes() {
        client.pods().resource(pod("driver")).create();
        client.pods()
                .withName("driver")
                .edit(p -> new PodBuilder(p)
                        .editMetadata()
                        .addToLabels("a", "b")
                        .endMetadata()
                        .build());
        client.pods()
                .withName("driver")
                .editStatus(p -> new PodBuilder(p)
                        .editOrNewStatus()
                        .withPhase("Running")
                        .endStatus()
                        .build());

        Pod read = client.pods().withName("driver").get();
        assertThat(read.getMetadata().getLabels()).containsEntry("a", "b");
        assertThat(read.getStatus().getPhase()).isEqualTo("Running");
        assertThat(client.pods().withName("driver").withGracePeriod(0).delete()).hasSize(1);
        assertThat(client.pods().list().getItems()).isEmpty();
    }

    @Test
    void recognizesAConflictByItsCode() {
        client.configMaps().resource(configMap("conf", "1")).create();

        assertThatThrownBy(() ->
                        client.configMaps().resource(configMap("conf", "2")).create())
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(409);
                    assertThat(e.getStatus().getReason()).isEqualTo("AlreadyExists");
                });
    }

    @Test
    void appliesOnTheServer() {
        client.configMaps().resource(configMap("conf", "1")).serverSideApply();
        client.configMaps().resource(configMap("conf", "2")).forceConflicts().serverSideApply();

        assertThat(client.configMaps().withName("conf").get().getData()).containsEntry("k", "2");
    }

    @Test
    void patchesInEachFormat() {
        client.configMaps().resource(configMap("conf", "1")).create();
        PatchContext merge = PatchContext.of(PatchType.JSON_MERGE);
        PatchContext strategic = PatchContext.of(PatchType.STRATEGIC_MERGE);
        client.configMaps().withName("conf").patch(merge, "{\"data\":{\"l\":\"1\"}}");
        client.configMaps().withName("conf").patch(strategic, "{\"data\":{\"k\":null}}");

        assertThat(client.configMaps().withName("conf").get().getData()).isEqualTo(java.util.Map.of("l", "1"));
    }

    @Test
    void watchesOverAWebSocket() {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Watch watch = client.configMaps().watch(recorder(seen))) {
            client.configMaps().resource(configMap("conf", "1")).create();
            client.configMaps().withName("conf").delete();
            await().untilAsserted(() -> assertThat(seen).containsExactly("ADDED conf", "DELETED conf"));
            assertThat(watch).isNotNull();
        }
        assertThat(server.requests()).anyMatch(r -> r.code() == 101);
        await().until(() -> server.openWatches() == 0);
    }

    @Test
    void anInformerSurvivesCutsLossOfHistoryAndAPause() {
        try (SharedIndexInformer<ConfigMap> informer = client.configMaps().inform()) {
            await().until(() -> informer.hasSynced() && server.openWatches() == 1);

            client.configMaps().resource(configMap("one", "1")).create();
            server.faults().cutWatches();
            awaitKnown(informer, "default/one");

            server.faults().forgetHistory();
            server.faults().dropWatches();
            client.configMaps().resource(configMap("two", "1")).create();
            awaitKnown(informer, "default/two");

            server.pause();
            server.resume();
            client.configMaps().resource(configMap("three", "1")).create();
            awaitKnown(informer, "default/three");
            assertThat(informer.getStore().listKeys()).hasSize(3);
        }
    }

    @Test
    void isUnreachableWhilePaused() {
        client.configMaps().resource(configMap("conf", "1")).create();
        String url = server.url();
        server.pause();
        assertThatThrownBy(() -> new PlainClient(server).get("/version")).isInstanceOf(java.io.IOException.class);
        server.resume();

        assertThat(server.url()).isEqualTo(url);
        assertThat(client.configMaps().withName("conf").get()).isNotNull();
    }

    private static void awaitKnown(SharedIndexInformer<ConfigMap> informer, String key) {
        await().until(() -> informer.getStore().getByKey(key) != null);
    }

    private static Watcher<ConfigMap> recorder(List<String> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap resource) {
                seen.add(action + " " + resource.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {
                seen.add("closed " + cause.getMessage());
            }
        };
    }

    private static ConfigMap configMap(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addToData("k", value)
                .build();
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("spark")
                .endContainer()
                .endSpec()
                .build();
    }
}
