package io.jenkins.plugins.sparkk8s.monitor.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import io.jenkins.plugins.sparkk8s.monitor.MonitoredCluster;
import io.jenkins.plugins.sparkk8s.monitor.TestPods;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many applications of a namespace share one watch and its lists, and each learns of its own pods, whatever happens. */
class NamespacePodsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration NEVER = Duration.ofHours(1);

    private final ScheduledExecutorService scheduler = MonitorScheduler.create(2);
    private final PodWatchHub hub = new PodWatchHub(
            scheduler,
            MonitorTimings.builder()
                    .firstRetry(Duration.ofMillis(20))
                    .lastRetry(Duration.ofMillis(100))
                    .answer(Duration.ofSeconds(1))
                    .build());
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

    /** One application, and what it received. */
    private final class Application implements PodSubscriber {
        private final String id;
        private final List<String> received = new CopyOnWriteArrayList<>();
        private final CountDownLatch slow;
        private final PodSubscription subscription;

        Application(String id, Duration polls, CountDownLatch slow) {
            this(id, polls, slow, hub);
        }

        Application(String id, Duration polls, CountDownLatch slow, PodWatchHub hub) {
            this.id = id;
            this.slow = slow;
            MonitorContext context = new MonitorContext(
                    new MonitoredApplication(TestPods.NAMESPACE, id, id, id + "-driver", null),
                    hub.mailbox(),
                    new EventLines(line -> {}, SecretMask.none(), Clock.systemUTC()),
                    Clock.systemUTC(),
                    MonitoredCluster.FAST);
            subscription = hub.subscribe(client, context, new PodSubscription.Polls(polls, false), this);
            subscription.start();
        }

        Application(String id) {
            this(id, NEVER, new CountDownLatch(0));
        }

        void create(long executor) {
            client.pods()
                    .inNamespace(TestPods.NAMESPACE)
                    .resource(TestPods.executor(executor)
                            .editMetadata()
                            .withName(name(executor))
                            .addToLabels(Labels.APPLICATION, id)
                            .endMetadata()
                            .build())
                    .create();
        }

        void delete(long executor) {
            client.pods()
                    .inNamespace(TestPods.NAMESPACE)
                    .withName(name(executor))
                    .withGracePeriod(0)
                    .delete();
        }

        private String name(long executor) {
            return id + "-exec-" + executor;
        }

        void awaitReceived(String... what) {
            await().atMost(SOON).untilAsserted(() -> assertThat(received).containsExactly(what));
        }

        void awaitCount(String what, int least) {
            await().atMost(SOON)
                    .until(() -> received.stream().filter(what::equals).count() >= least);
        }

        @Override
        public void listed(List<Pod> pods, String version) {
            receive("listed "
                    + pods.stream().map(pod -> pod.getMetadata().getName()).toList());
        }

        @Override
        public void changed(Pod pod) {
            receive("changed " + pod.getMetadata().getName());
        }

        @Override
        public void deleted(Pod pod) {
            receive("deleted " + pod.getMetadata().getName());
        }

        @Override
        public void failed(RuntimeException cause) {
            receive("failed");
        }

        @Override
        public void unreachable(RuntimeException cause) {
            receive("unreachable");
        }

        @Override
        public void answered() {
            receive("answered");
        }

        @Override
        public void watchRefused(RuntimeException cause) {
            receive("watch refused");
        }

        private void receive(String what) {
            try {
                slow.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            received.add(what);
        }
    }

    private void awaitWatch() {
        await().atMost(SOON).until(() -> server.openWatches() == 1);
    }

    private long lists() {
        return server.requests().stream()
                .filter(request -> request.path().endsWith("/pods")
                        && request.query().contains("labelSelector")
                        && !request.query().contains("watch="))
                .count();
    }

    @Test
    void reportsToEachApplicationItsOwnPodsByOneWatch() {
        Application first = new Application("a");
        first.awaitReceived("listed []");
        first.create(1);
        first.awaitReceived("listed []", "changed a-exec-1");
        Application second = new Application("b");
        second.awaitReceived("listed []");
        second.create(1);
        first.delete(1);

        second.awaitReceived("listed []", "changed b-exec-1");
        first.awaitReceived("listed []", "changed a-exec-1", "deleted a-exec-1");
        assertThat(server.openWatches()).isEqualTo(1);
        assertThat(lists()).isEqualTo(2);
    }

    @Test
    void listsWhatWasThereForAnApplicationThatComesLater() {
        Application first = new Application("b");
        first.awaitReceived("listed []");
        first.create(1);
        first.create(2);
        first.awaitReceived("listed []", "changed b-exec-1", "changed b-exec-2");

        new Application("b").awaitReceived("listed [b-exec-1, b-exec-2]");
    }

    @Test
    void listsApplicationsThatComeTogetherWithFewRequests() {
        List<Application> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(new Application("app-" + i));
        }
        many.forEach(application -> application.awaitReceived("listed []"));

        assertThat(lists()).isLessThan(50);
        server.clearRequests();
        awaitWatch();
        server.faults().answer(1, RequestMatch.of("watch", "pods"), 410);
        server.faults().dropWatches();

        many.forEach(application -> application.awaitReceived("listed []", "listed []"));
        assertThat(lists()).as("lists for all after 410").isEqualTo(1);
    }

    @Test
    void readsALongListPageByPage() {
        Application writer = new Application("a");
        writer.awaitReceived("listed []");
        for (int i = 0; i < 1001; i++) {
            writer.create(i);
        }
        await().atMost(SOON).until(() -> writer.received.size() == 1002);
        server.clearRequests();
        Application reader = new Application("a");

        await().atMost(SOON).until(() -> !reader.received.isEmpty());
        assertThat(reader.received.get(0).split(",")).hasSize(1001);
        assertThat(lists()).isEqualTo(2);
    }

    @Test
    void asksTheCacheForFewApplicationsAtATimeSinceItKnowsNoPages() {
        List<String> many = IntStream.range(0, 120).mapToObj(i -> "app-" + i).toList();
        NamespaceRequests requests = new NamespaceRequests(
                new ApiConnection(client, new Mailbox(scheduler, scheduler), MonitorTimings.ordinary()),
                TestPods.NAMESPACE,
                scheduler);
        Application writer = new Application("app-7");
        writer.awaitReceived("listed []");
        writer.create(1);
        server.clearRequests();

        PodSource.Listed listed = requests.list(many, true).join();

        assertThat(listed.pods()).hasSize(1);
        assertThat(lists()).isEqualTo(3);
    }

    @Test
    void pollsAllApplicationsTogetherAtTheShortestInterval() {
        new Application("a", Duration.ofMillis(200), new CountDownLatch(0));
        Application second = new Application("b");

        await().atMost(SOON).until(() -> second.received.size() >= 4);
        assertThat(second.received).containsOnly("listed []");
    }

    @Test
    void continuesFromTheLastVersionAfterADropAndReportsDeletionsInBetween() {
        Application application = new Application("a");
        application.awaitReceived("listed []");
        application.create(1);
        application.awaitReceived("listed []", "changed a-exec-1");
        server.faults().dropWatches();
        application.delete(1);
        application.create(2);

        application.awaitReceived("listed []", "changed a-exec-1", "deleted a-exec-1", "changed a-exec-2");
    }

    @Test
    void listsAsLongAsTheWatchIsRefusedAndMissesNoEventOfThatTime() {
        Application application = new Application("a");
        application.awaitReceived("listed []");
        awaitWatch();
        server.faults().answer(5, RequestMatch.of("watch", "pods"), 500);
        server.faults().dropWatches();
        application.create(1);
        application.delete(1);

        await().atMost(SOON).until(() -> application.received.contains("deleted a-exec-1"));
        assertThat(application.received).contains("changed a-exec-1");
        assertThat(application.received)
                .filteredOn(line -> line.startsWith("listed"))
                .hasSizeGreaterThan(1);
    }

    @Test
    void listsAgainWhenItsVersionIsGone() {
        Application application = new Application("a");
        application.awaitReceived("listed []");
        application.create(1);
        application.awaitReceived("listed []", "changed a-exec-1");
        server.faults().answer(1, RequestMatch.of("watch", "pods"), 410);
        server.faults().dropWatches();

        application.awaitReceived("listed []", "changed a-exec-1", "listed [a-exec-1]");
    }

    @Test
    void listsUntilTheApiServerAnswers() {
        server.faults().answer(2, RequestMatch.of("list", "pods"), 500);

        new Application("b").awaitReceived("failed", "failed", "listed []", "answered");
    }

    @Test
    void reportsARefusedWatchOnceToEachApplicationAndListsInstead() {
        server.faults().answer(1000, RequestMatch.of("watch", "pods"), 403);
        Application first = new Application("a");
        first.awaitCount("watch refused", 1);
        first.create(1);
        first.awaitCount("listed [a-exec-1]", 1);
        Application second = new Application("b");
        second.awaitCount("watch refused", 1);
        server.clearRequests();
        await().atMost(SOON).until(() -> lists() >= 3);

        assertThat(first.received).containsOnlyOnce("watch refused");
        assertThat(second.received).containsOnlyOnce("watch refused").doesNotContain("failed");

        server.faults().clear();
        awaitWatch();
        server.faults().answer(1, RequestMatch.of("watch", "pods"), 403);
        server.faults().dropWatches();
        first.awaitCount("watch refused", 2);
    }

    @Test
    void opensTheWatchSoonAfterAnOutageWhateverTheDelayOfRepeatsIs() {
        PodWatchHub slowToRepeat = new PodWatchHub(
                scheduler,
                MonitorTimings.builder()
                        .firstRetry(Duration.ofMillis(100))
                        .lastRetry(Duration.ofHours(1))
                        .build());
        Application application = new Application("a", NEVER, new CountDownLatch(0), slowToRepeat);
        awaitWatch();
        server.faults().answer(8, RequestMatch.of("watch", "pods"), 500);
        server.faults().dropWatches();
        application.awaitCount("listed []", 6);
        server.pause();
        application.awaitCount("unreachable", 2);
        server.resume();

        await().atMost(Duration.ofSeconds(3)).until(() -> server.openWatches() == 1);
    }

    /** The client library takes a watch for open that could not be connected. */
    @Test
    void noticesAnOutageByItsWatchAloneAndItsEnd() {
        Application application = new Application("a");
        awaitWatch();

        server.pause();
        application.awaitCount("unreachable", 2);
        server.resume();

        awaitWatch();
        application.create(1);
        application.awaitCount("changed a-exec-1", 1);
        assertThat(application.received.stream().filter("answered"::equals)).hasSize(1);
    }

    @Test
    void holdsNoSharedThreadWhileTheServerStalls() {
        server.faults().stall(1, RequestMatch.of("list", "pods"));
        Application application = new Application("a");
        await().atMost(SOON).until(() -> server.faults().pending() == 0);

        assertThat(scheduler.submit(() -> true)).succeedsWithin(Duration.ofMillis(500));
        await().atMost(SOON).until(() -> application.received.contains("listed []"));
    }

    @Test
    void closesTheWatchWithTheLastApplicationAndOpensItForTheNext() {
        Application first = new Application("a");
        Application second = new Application("b");
        awaitWatch();
        first.subscription.close();
        second.create(1);
        await().atMost(SOON).until(() -> second.received.contains("changed b-exec-1"));

        second.subscription.close();
        await().atMost(SOON).until(() -> server.openWatches() == 0);
        Application third = new Application("b");

        third.awaitReceived("listed [b-exec-1]");
        awaitWatch();
    }

    @Test
    void anApplicationThatIsSlowHoldsUpNoOtherAndKeepsOneEntryForEachStep() {
        CountDownLatch slow = new CountDownLatch(1);
        Application first = new Application("a", NEVER, slow);
        Application second = new Application("b");
        second.awaitReceived("listed []");
        second.create(1);
        second.awaitReceived("listed []", "changed b-exec-1");
        first.create(1);
        for (int i = 0; i < 20; i++) {
            String label = "round-" + i;
            client.pods().inNamespace(TestPods.NAMESPACE).withName("a-exec-1").edit(pod -> {
                pod.getMetadata().getLabels().put("label", label);
                return pod;
            });
        }
        second.create(2);
        second.awaitReceived("listed []", "changed b-exec-1", "changed b-exec-2");

        assertThat(first.subscription.backlog()).isLessThanOrEqualTo(1);
        slow.countDown();
        first.awaitReceived("listed []", "changed a-exec-1");
    }
}
