package io.jenkins.plugins.sparkk8s.monitor.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import io.jenkins.plugins.sparkk8s.monitor.TestPods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many applications of a namespace share one watch and its lists, and each learns of its own pods, whatever happens. */
class NamespacePodsTest {
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

    private RecordingApplication application(String id) {
        return application(id, NEVER, new CountDownLatch(0));
    }

    private RecordingApplication application(String id, Duration polls, CountDownLatch slow) {
        return new RecordingApplication(client, hub, id, polls, slow);
    }

    private void awaitWatch() {
        await().until(() -> server.openWatches() == 1);
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
        RecordingApplication first = application("a");
        first.awaitReceived("listed []");
        first.create(1);
        first.awaitReceived("listed []", "changed a-exec-1");
        RecordingApplication second = application("b");
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
        RecordingApplication first = application("b");
        first.awaitReceived("listed []");
        first.create(1);
        first.create(2);
        first.awaitReceived("listed []", "changed b-exec-1", "changed b-exec-2");

        application("b").awaitReceived("listed [b-exec-1, b-exec-2]");
    }

    @Test
    void listsApplicationsThatComeTogetherWithFewRequests() {
        List<RecordingApplication> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(application("app-" + i));
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
        RecordingApplication writer = application("a");
        writer.awaitReceived("listed []");
        for (int i = 0; i < 1001; i++) {
            writer.create(i);
        }
        await().until(() -> writer.received.size() == 1002);
        server.clearRequests();
        RecordingApplication reader = application("a");

        await().until(() -> !reader.received.isEmpty());
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
        RecordingApplication writer = application("app-7");
        writer.awaitReceived("listed []");
        writer.create(1);
        server.clearRequests();

        PodSource.Listed listed = requests.list(many, true).join();

        assertThat(listed.pods()).hasSize(1);
        assertThat(lists()).isEqualTo(3);
    }

    @Test
    void pollsAllApplicationsTogetherAtTheShortestInterval() {
        application("a", Duration.ofMillis(200), new CountDownLatch(0));
        RecordingApplication second = application("b");

        await().until(() -> second.received.size() >= 4);
        assertThat(second.received).containsOnly("listed []");
    }

    @Test
    void continuesFromTheLastVersionAfterADropAndReportsDeletionsInBetween() {
        RecordingApplication application = application("a");
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
        RecordingApplication application = application("a");
        application.awaitReceived("listed []");
        awaitWatch();
        server.faults().answer(5, RequestMatch.of("watch", "pods"), 500);
        server.faults().dropWatches();
        application.create(1);
        application.delete(1);

        await().until(() -> application.received.contains("deleted a-exec-1"));
        assertThat(application.received).contains("changed a-exec-1");
        assertThat(application.received)
                .filteredOn(line -> line.startsWith("listed"))
                .hasSizeGreaterThan(1);
    }

    @Test
    void listsAgainWhenItsVersionIsGone() {
        RecordingApplication application = application("a");
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

        application("b").awaitReceived("failed", "failed", "listed []", "answered");
    }

    @Test
    void reportsARefusedWatchOnceToEachApplicationAndListsInstead() {
        server.faults().answer(1000, RequestMatch.of("watch", "pods"), 403);
        RecordingApplication first = application("a");
        first.awaitCount("watch refused", 1);
        first.create(1);
        first.awaitCount("listed [a-exec-1]", 1);
        RecordingApplication second = application("b");
        second.awaitCount("watch refused", 1);
        server.clearRequests();
        await().until(() -> lists() >= 3);

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
        RecordingApplication application =
                new RecordingApplication(client, slowToRepeat, "a", NEVER, new CountDownLatch(0));
        awaitWatch();
        server.faults().answer(8, RequestMatch.of("watch", "pods"), 500);
        server.faults().dropWatches();
        application.awaitCount("listed []", 6);
        server.pause();
        application.awaitCount("unreachable", 2);
        server.resume();

        await().atMost(Duration.ofSeconds(10)).until(() -> server.openWatches() == 1);
    }

    /** The client library takes a watch for open that could not be connected. */
    @Test
    void noticesAnOutageByItsWatchAloneAndItsEnd() {
        RecordingApplication application = application("a");
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
        RecordingApplication application = application("a");
        await().until(() -> server.faults().pending() == 0);

        assertThat(scheduler.submit(() -> true)).succeedsWithin(Duration.ofMillis(500));
        await().until(() -> application.received.contains("listed []"));
    }

    @Test
    void closesTheWatchWithTheLastApplicationAndOpensItForTheNext() {
        RecordingApplication first = application("a");
        RecordingApplication second = application("b");
        awaitWatch();
        first.subscription.close();
        second.create(1);
        await().until(() -> second.received.contains("changed b-exec-1"));

        second.subscription.close();
        await().until(() -> server.openWatches() == 0);
        RecordingApplication third = application("b");

        third.awaitReceived("listed [b-exec-1]");
        awaitWatch();
    }

    @Test
    void anApplicationThatIsSlowHoldsUpNoOtherAndKeepsOneEntryForEachStep() {
        CountDownLatch slow = new CountDownLatch(1);
        RecordingApplication first = application("a", NEVER, slow);
        RecordingApplication second = application("b");
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
