package io.jenkins.plugins.sparkk8s.monitor.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.kubernetes.SingleAttempts;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import io.jenkins.plugins.sparkk8s.monitor.TestPods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A watch whose listener learns of every change, whatever the API server does to it. */
class PodListWatchTest implements PodWatch.Listener {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final MonitoredApplication APPLICATION =
            new MonitoredApplication(TestPods.NAMESPACE, TestPods.APPLICATION_ID, "pi", "pi-driver", null);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService scheduler = MonitorScheduler.create(1);
    private KubernetesApiServer server;
    private KubernetesClient client;
    private PodListWatch watch;

    @BeforeEach
    void start() {
        server = KubernetesApiServer.builder().tls(false).start();
        client = SingleAttempts.of(
                new KubernetesClientBuilder().withConfig(server.clientConfig()).build());
        watch = new PodListWatch(
                PodQuery.executors(client, APPLICATION),
                this,
                scheduler,
                new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)),
                Duration.ofSeconds(1));
    }

    @AfterEach
    void stop() {
        watch.close();
        scheduler.shutdownNow();
        client.close();
        server.close();
    }

    @Override
    public void listed(List<Pod> pods, String version) {
        List<String> names = new ArrayList<>(pods.stream().map(this::name).toList());
        heard.add("listed " + names);
    }

    @Override
    public void changed(Pod pod) {
        heard.add("changed " + name(pod));
    }

    @Override
    public void deleted(Pod pod) {
        heard.add("deleted " + name(pod));
    }

    private String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    private void create(long id) {
        client.pods()
                .inNamespace(TestPods.NAMESPACE)
                .resource(TestPods.executor(id).build())
                .create();
    }

    private void delete(long id) {
        client.pods()
                .inNamespace(TestPods.NAMESPACE)
                .withName("pi-exec-" + id)
                .withGracePeriod(0)
                .delete();
    }

    private void awaitHeard(String what) {
        await().atMost(SOON).until(() -> heard.contains(what));
    }

    @Test
    void listsThenWatches() {
        create(1);
        watch.start();
        awaitHeard("listed [pi-exec-1]");
        create(2);
        awaitHeard("changed pi-exec-2");
        delete(1);
        awaitHeard("deleted pi-exec-1");
        assertThat(heard).filteredOn(line -> line.startsWith("listed")).hasSize(1);
    }

    @Test
    void goesOnFromLastVersionAfterADropAndTellsDeletionsInBetween() {
        create(1);
        watch.start();
        awaitHeard("listed [pi-exec-1]");
        await().atMost(SOON).until(() -> server.openWatches() == 1);
        server.faults().answer(2, RequestMatch.of("watch", "pods"), 500);
        server.faults().dropWatches();
        delete(1);
        create(2);
        awaitHeard("changed pi-exec-2");
        assertThat(heard).contains("deleted pi-exec-1");
        assertThat(heard).filteredOn(line -> line.startsWith("listed")).hasSize(1);
    }

    @Test
    void listsAgainWhenItsVersionIsGone() {
        create(1);
        watch.start();
        awaitHeard("listed [pi-exec-1]");
        await().atMost(SOON).until(() -> server.openWatches() == 1);
        server.faults().answer(2, RequestMatch.of("watch", "pods"), 500);
        server.faults().dropWatches();
        delete(1);
        create(2);
        server.faults().forgetHistory();
        awaitHeard("listed [pi-exec-2]");
    }

    @Test
    void listsAgainWhenWatchIsRefusedAsGone() {
        watch.start();
        await().atMost(SOON).until(() -> server.openWatches() == 1);
        server.faults().answer(1, RequestMatch.of("watch", "pods"), 410);
        server.faults().dropWatches();
        await().atMost(SOON).until(() -> heard.size() == 2);
        assertThat(heard).containsExactly("listed []", "listed []");
    }

    @Test
    void doesNotHoldASharedThreadWhileServerStalls() {
        server.faults().stall(1, RequestMatch.of("watch", "pods"));
        watch.start();
        awaitHeard("listed []");
        await().atMost(SOON).until(() -> server.faults().pending() == 0);

        await().atMost(SOON).until(() -> scheduler.submit(() -> true).isDone());
    }

    @Test
    void opensNoWatchAfterClose() {
        watch.start();
        await().atMost(SOON).until(() -> server.openWatches() == 1);
        watch.close();
        await().atMost(SOON).until(() -> server.openWatches() == 0);
        server.clearRequests();
        create(1);

        assertThat(heard).containsExactly("listed []");
        assertThat(server.requests()).noneMatch(request -> request.query().contains("watch"));
    }
}
