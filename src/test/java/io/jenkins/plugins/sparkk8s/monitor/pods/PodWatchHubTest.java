package io.jenkins.plugins.sparkk8s.monitor.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.kubernetes.SingleAttempts;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import io.jenkins.plugins.sparkk8s.monitor.MonitoredCluster;
import io.jenkins.plugins.sparkk8s.monitor.TestPods;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many applications of a namespace share one watch, and each hears of its own pods alone. */
class PodWatchHubTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ScheduledExecutorService scheduler = MonitorScheduler.create(2);
    private final PodWatchHub hub = new PodWatchHub(scheduler, MonitoredCluster.FAST);
    private KubernetesApiServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        server = KubernetesApiServer.builder().tls(false).start();
        client = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
        client.close();
        server.close();
    }

    /** One application's executors, and what was heard of them. */
    private final class Application implements PodWatch.Listener {
        private final String id;
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final CountDownLatch slow;
        private final PodWatch watch;

        Application(String id, CountDownLatch slow) {
            this.id = id;
            this.slow = slow;
            MonitoredApplication application =
                    new MonitoredApplication(TestPods.NAMESPACE, id, id, id + "-driver", null);
            watch = hub.watch(client, PodQuery.executors(SingleAttempts.of(client), application), this);
            watch.start();
        }

        Application(String id) {
            this(id, new CountDownLatch(0));
        }

        void create(long executor) {
            client.pods()
                    .inNamespace(TestPods.NAMESPACE)
                    .resource(pod(executor))
                    .create();
        }

        private Pod pod(long executor) {
            return TestPods.executor(executor)
                    .editMetadata()
                    .withName(name(executor))
                    .addToLabels(Labels.APPLICATION, id)
                    .endMetadata()
                    .build();
        }

        private String name(long executor) {
            return id + "-exec-" + executor;
        }

        void delete(long executor) {
            client.pods()
                    .inNamespace(TestPods.NAMESPACE)
                    .withName(name(executor))
                    .withGracePeriod(0)
                    .delete();
        }

        void markInactive(long executor) {
            client.pods()
                    .inNamespace(TestPods.NAMESPACE)
                    .withName(name(executor))
                    .edit(pod -> new PodBuilder(pod)
                            .editMetadata()
                            .addToLabels(Labels.INACTIVE, "true")
                            .endMetadata()
                            .build());
        }

        void awaitHeard(String... what) {
            await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly(what));
        }

        @Override
        public void listed(List<Pod> pods, String version) {
            hear("listed "
                    + pods.stream().map(pod -> pod.getMetadata().getName()).toList());
        }

        @Override
        public void changed(Pod pod) {
            hear("changed " + pod.getMetadata().getName());
        }

        @Override
        public void deleted(Pod pod) {
            hear("deleted " + pod.getMetadata().getName());
        }

        private void hear(String what) {
            try {
                slow.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            heard.add(what);
        }
    }

    @Test
    void tellsEachApplicationOfItsOwnPodsByOneWatch() {
        Application first = new Application("a");
        first.awaitHeard("listed []");
        first.create(1);
        first.awaitHeard("listed []", "changed a-exec-1");
        Application second = new Application("b");
        second.awaitHeard("listed []");
        second.create(1);
        first.delete(1);

        second.awaitHeard("listed []", "changed b-exec-1");
        first.awaitHeard("listed []", "changed a-exec-1", "deleted a-exec-1");
        assertThat(server.openWatches()).isEqualTo(1);
    }

    @Test
    void listsWhatWasThereForAnApplicationThatComesLater() {
        new Application("a").awaitHeard("listed []");
        Application second = new Application("b");
        second.awaitHeard("listed []");
        second.create(1);
        second.create(2);
        second.awaitHeard("listed []", "changed b-exec-1", "changed b-exec-2");
        Application again = new Application("b");

        again.awaitHeard("listed [b-exec-1, b-exec-2]");
    }

    @Test
    void anExecutorThatIsMarkedInactiveLeaves() {
        Application application = new Application("a");
        application.awaitHeard("listed []");
        application.create(1);
        application.awaitHeard("listed []", "changed a-exec-1");

        application.markInactive(1);
        application.delete(1);

        application.awaitHeard("listed []", "changed a-exec-1", "deleted a-exec-1");
    }

    @Test
    void closesTheWatchWithTheLastApplicationAndOpensItForTheNext() {
        Application first = new Application("a");
        Application second = new Application("b");
        await().atMost(SOON).until(() -> server.openWatches() == 1);
        first.watch.close();
        second.create(1);
        await().atMost(SOON).until(() -> second.heard.contains("changed b-exec-1"));

        second.watch.close();
        await().atMost(SOON).until(() -> server.openWatches() == 0);
        Application third = new Application("b");

        third.awaitHeard("listed [b-exec-1]");
        await().atMost(SOON).until(() -> server.openWatches() == 1);
    }

    @Test
    void everyApplicationListsAgainWhenTheVersionOfTheWatchIsGone() {
        Application first = new Application("a");
        Application second = new Application("b");
        await().atMost(SOON).until(() -> server.openWatches() == 1);
        first.awaitHeard("listed []");
        second.awaitHeard("listed []");
        server.faults().answer(1, RequestMatch.of("watch", "pods"), 410);
        server.faults().dropWatches();

        first.awaitHeard("listed []", "listed []");
        second.awaitHeard("listed []", "listed []");
    }

    @Test
    void listsUntilTheApiServerAnswers() {
        new Application("a").awaitHeard("listed []");
        server.faults().answer(2, RequestMatch.of("list", "pods"), 500);

        new Application("b").awaitHeard("listed []");
    }

    @Test
    void anApplicationThatIsSlowHoldsUpNoOther() {
        CountDownLatch slow = new CountDownLatch(1);
        new Application("a", slow);
        Application second = new Application("b");
        second.awaitHeard("listed []");
        second.create(1);

        second.awaitHeard("listed []", "changed b-exec-1");
        slow.countDown();
    }
}
