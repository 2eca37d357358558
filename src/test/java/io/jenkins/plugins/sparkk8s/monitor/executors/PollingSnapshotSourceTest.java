package io.jenkins.plugins.sparkk8s.monitor.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.kubernetes.SingleAttempts;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import io.jenkins.plugins.sparkk8s.monitor.TestClock;
import io.jenkins.plugins.sparkk8s.monitor.TestPods;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodQuery;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The poll sees the application's executors, leaves out inactive ones, and survives errors. */
class PollingSnapshotSourceTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final KubernetesApiServer server =
            KubernetesApiServer.builder().tls(false).start();
    private final KubernetesClient client = SingleAttempts.of(
            new KubernetesClientBuilder().withConfig(server.clientConfig()).build());
    private final ScheduledExecutorService scheduler = MonitorScheduler.create(1);
    private final ExecutorPodsSnapshotsStore store = new ExecutorPodsSnapshotsStore(
            new ExecutorPodMapper(TestPods.EXECUTOR_CONTAINER, true), scheduler, TestClock.startingNow());

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
        client.close();
        server.close();
    }

    private PollingSnapshotSource source(boolean fromCache) {
        MonitoredApplication application =
                new MonitoredApplication(TestPods.NAMESPACE, TestPods.APPLICATION_ID, "pi", "pi-driver", null);
        return new PollingSnapshotSource(PodQuery.executors(client, application), store, scheduler, fromCache);
    }

    private void create(PodBuilder pod) {
        client.pods().inNamespace(TestPods.NAMESPACE).resource(pod.build()).create();
    }

    @Test
    void listsActiveExecutorsOfThisApplicationOnly() {
        create(TestPods.driver());
        create(TestPods.executor(1));
        create(TestPods.executor(2)
                .editMetadata()
                .addToLabels(Labels.INACTIVE, "true")
                .endMetadata());
        create(TestPods.executor(3)
                .editMetadata()
                .addToLabels(Labels.APPLICATION, "spark-other")
                .endMetadata());
        source(false).poll();

        assertThat(store.current().executors().keySet()).containsExactly(1L);
        assertThat(server.requests())
                .last()
                .satisfies(request -> assertThat(request.query()).doesNotContain("resourceVersion"));
    }

    @Test
    void goesOnAfterErrors() {
        create(TestPods.executor(1));
        server.faults().answer(3, RequestMatch.of("list", "pods"), 500);
        try (PollingSnapshotSource source = source(false)) {
            source.start(Duration.ofMillis(20));
            await().atMost(SOON).until(() -> store.current().executors().size() == 1);
            assertThatThrownBy(() -> source.start(Duration.ofMillis(20))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void asksTheCacheWhenAllowedTo() {
        create(TestPods.executor(1));
        source(true).poll();

        assertThat(store.current().executors()).hasSize(1);
        assertThat(server.requests())
                .last()
                .satisfies(request -> assertThat(request.query()).contains("resourceVersion=0"));
    }
}
