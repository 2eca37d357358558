package io.jenkins.plugins.sparkk8s.monitor.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import io.jenkins.plugins.sparkk8s.monitor.TestClock;
import io.jenkins.plugins.sparkk8s.monitor.TestPods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every subscriber gets every snapshot, in order, one call at a time. */
class ExecutorPodsSnapshotsStoreTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ScheduledExecutorService scheduler = MonitorScheduler.create(4);
    private final TestClock clock = TestClock.startingNow();
    private final ExecutorPodsSnapshotsStore store =
            new ExecutorPodsSnapshotsStore(new ExecutorPodMapper(TestPods.EXECUTOR_CONTAINER, true), scheduler, clock);

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    private static Pod executor(long id, String phase, long version) {
        return TestPods.status(phase)
                .apply(TestPods.executor(id)
                        .editMetadata()
                        .withResourceVersion(String.valueOf(version))
                        .endMetadata()
                        .build());
    }

    private static List<Integer> sizes(List<ExecutorPodsSnapshot> snapshots) {
        return snapshots.stream().map(snapshot -> snapshot.executors().size()).toList();
    }

    @Test
    void subscriberFirstGetsTheCurrentSnapshot() {
        store.updatePod(executor(1, "Running", 1));
        List<ExecutorPodsSnapshot> got = new CopyOnWriteArrayList<>();
        store.addSubscriber(NEVER, got::addAll);

        await().atMost(SOON).until(() -> sizes(got).equals(List.of(1)));
    }

    @Test
    void everySubscriberGetsAllSnapshotsInOrder() {
        List<ExecutorPodsSnapshot> often = new CopyOnWriteArrayList<>();
        List<ExecutorPodsSnapshot> rarely = new CopyOnWriteArrayList<>();
        store.addSubscriber(Duration.ofMillis(1), often::addAll);
        store.addSubscriber(NEVER, rarely::addAll);
        for (int id = 1; id <= 200; id++) {
            store.updatePod(executor(id, "Pending", id));
        }
        store.stop();

        await().atMost(SOON).until(() -> often.size() == 201 && rarely.size() == 201);
        assertThat(sizes(often)).isSorted().isEqualTo(sizes(rarely));
    }

    @Test
    void subscriberIsNeverCalledConcurrentlyAndMissesNoNotification() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        store.addSubscriber(NEVER, snapshots -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            first.countDown();
            awaitQuietly(goOn);
            seen.addAndGet(snapshots.size());
            inside.decrementAndGet();
        });
        first.await();
        for (int id = 1; id <= 50; id++) {
            store.updatePod(executor(id, "Pending", id));
            store.notifySubscribers();
        }
        goOn.countDown();

        await().atMost(SOON).until(() -> seen.get() == 51);
        assertThat(most).hasValue(1);
    }

    @Test
    void subscriberThatNotifiesIsNotCalledWithinItsOwnCall() {
        List<String> calls = new CopyOnWriteArrayList<>();
        store.addSubscriber(NEVER, snapshots -> {
            calls.add("begin");
            if (calls.size() == 1) {
                store.stop();
            }
            calls.add("end");
        });

        await().atMost(SOON).until(() -> calls.size() >= 4);
        assertThat(calls).startsWith("begin", "end", "begin", "end");
    }

    @Test
    void failingSubscriberStopsNeitherItselfNorOthers() {
        List<Integer> others = new CopyOnWriteArrayList<>();
        AtomicInteger calls = new AtomicInteger();
        store.addSubscriber(Duration.ofMillis(5), snapshots -> {
            calls.incrementAndGet();
            throw new IllegalArgumentException("no good");
        });
        store.addSubscriber(Duration.ofMillis(5), snapshots -> others.addAll(sizes(snapshots)));
        store.updatePod(executor(1, "Running", 1));

        await().atMost(SOON).until(() -> calls.get() > 2 && others.contains(1));
    }

    @Test
    void fullListReplacesButDoesNotTurnTimeBack() {
        store.updatePod(executor(1, "Running", 10));
        store.updatePod(executor(2, "Running", 20));
        clock.advance(Duration.ofSeconds(1));
        store.replaceSnapshot(List.of(executor(2, "Pending", 11), executor(3, "Pending", 12)), "15");

        ExecutorPodsSnapshot snapshot = store.current();
        assertThat(snapshot.executors().keySet()).containsExactly(2L, 3L);
        assertThat(snapshot.executors().get(2L)).isInstanceOf(ExecutorPodState.Running.class);
        assertThat(snapshot.fullSnapshotTime()).isEqualTo(clock.instant());
    }

    @Test
    void olderEventIsIgnored() {
        store.updatePod(executor(1, "Succeeded", 10));
        store.updatePod(executor(1, "Running", 9));

        assertThat(store.current().executors().get(1L)).isInstanceOf(ExecutorPodState.Succeeded.class);
    }

    @Test
    void takesNothingAfterStop() {
        List<ExecutorPodsSnapshot> got = new ArrayList<>();
        store.addSubscriber(NEVER, got::addAll);
        store.stop();
        store.updatePod(executor(1, "Running", 1));

        assertThat(store.current().executors()).isEmpty();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
