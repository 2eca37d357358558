package io.jenkins.plugins.sparkk8s.monitor.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.WatcherException;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of the watch and the lists of a namespace when the API server is back. */
class NamespaceRecoveryTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration NEVER = Duration.ofHours(1);

    private final ScheduledExecutorService scheduler = MonitorScheduler.create(2);
    private final ExecutorService opening = Executors.newFixedThreadPool(2);
    private final AnsweredPods source = new AnsweredPods();
    private final NamespacePods pods = new NamespacePods(
            source,
            opening,
            new Mailbox(scheduler, scheduler),
            MonitorTimings.builder()
                    .firstRetry(Duration.ofMillis(20))
                    .lastRetry(Duration.ofMillis(100))
                    .answer(NEVER)
                    .build());

    @AfterEach
    void stop() {
        pods.close();
        opening.shutdownNow();
        scheduler.shutdownNow();
    }

    private void monitor(Duration polls) {
        Mailbox mailbox = new Mailbox(scheduler, scheduler);
        MonitorContext context = new MonitorContext(
                new MonitoredApplication("default", "a", "a", "a-driver", null),
                mailbox,
                new EventLines(line -> {}, SecretMask.none(), Clock.systemUTC()),
                Clock.systemUTC(),
                MonitorTimings.ordinary());
        PodSubscription.Access access = new PodSubscription.Access() {
            @Override
            public NamespacePods acquire() {
                return pods;
            }

            @Override
            public void release() {
                // The namespace lives as long as the test.
            }
        };
        new PodSubscription(access, context, new PodSubscription.Polls(polls, false), new UnconcernedSubscriber())
                .start();
    }

    private void awaitAttempts(int number) {
        await().until(() -> source.attempts.get() == number);
    }

    private void awaitOpen(int number) {
        await().until(() -> source.open.get() == number);
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void opensTheWatchAlthoughAnAttemptFromBeforeStillWaitsAndClosesThatWhenItSucceeds() {
        CountDownLatch late = new CountDownLatch(1);
        source.watches.add(() -> {
            awaitEnd(late);
            return source.opened();
        });
        monitor(NEVER);
        awaitAttempts(1);

        source.outage();

        awaitOpen(1);
        assertThat(pods.isWatched()).isTrue();
        CountDownLatch bothOpen = new CountDownLatch(1);
        late.countDown();
        opening.execute(bothOpen::countDown);
        awaitEnd(bothOpen);
        awaitOpen(1);
        assertThat(pods.isWatched()).isTrue();
    }

    @Test
    void anAttemptFromBeforeThatFailsLateChangesNothing() {
        CountDownLatch late = new CountDownLatch(1);
        source.watches.add(() -> {
            awaitEnd(late);
            throw new UnansweredException("a watch", null);
        });
        monitor(NEVER);
        awaitAttempts(1);
        source.outage();
        awaitOpen(1);

        late.countDown();
        opening.shutdown();
        await().until(opening::isTerminated);

        assertThat(source.failures).isEmpty();
        assertThat(source.open).hasValue(1);
        assertThat(pods.isWatched()).isTrue();
    }

    /** Its connection may have been lost silently, and then no event would come any more. */
    @Test
    void opensAWatchThatHasLastedOverAnOutageAgain() {
        monitor(NEVER);
        awaitOpen(1);

        source.outage();

        awaitAttempts(2);
        awaitOpen(1);
        assertThat(source.listed).hasValue(1);
    }

    @Test
    void asksWhetherTheServerAnswersBeforeItOpensAWatchThatWasCut() {
        monitor(NEVER);
        awaitOpen(1);
        assertThat(source.checks).hasValue(0);

        source.current.onClose(new WatcherException("Exhausted reconnects"));

        awaitAttempts(2);
        assertThat(source.checks).hasValue(1);
    }

    @Test
    void opensTheWatchAgainAfterAnErrorOfTheClient() {
        source.watches.add(() -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        monitor(NEVER);

        awaitAttempts(2);
        awaitOpen(1);
        assertThat(source.failures).hasSize(1);
    }

    /** Ten times the ten minutes of an outage would be almost two hours. */
    @Test
    void pollsAsEverAfterAListThatHasWaitedForTheServer() {
        CompletableFuture<PodSource.Listed> waiting = new CompletableFuture<>();
        source.lists.add(waiting);
        long start = System.nanoTime();
        monitor(Duration.ofMillis(10));
        await().until(() -> source.listed.get() == 1);
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        waiting.complete(AnsweredPods.answer());
        Duration waited = Duration.ofNanos(System.nanoTime() - start);

        await().atMost(waited.multipliedBy(5)).until(() -> source.listed.get() >= 3);
    }

    private static CompletableFuture<PodSource.Listed> listThatTook(Duration time) {
        return CompletableFuture.completedFuture(new PodSource.Listed(List.of(), "1", time));
    }

    private void awaitNoOtherListFor(Duration time, int lists) {
        await().during(time).atMost(time.plus(SOON)).until(() -> source.listed.get() == lists);
    }

    @Test
    void aLongListIsFollowedByARestOfTenTimesItsTime() {
        source.watches.add(() -> {
            throw new KubernetesClientException("pods is forbidden", 403, null);
        });
        source.lists.add(listThatTook(Duration.ofMinutes(1)));
        source.lists.add(listThatTook(Duration.ofMinutes(1)));
        monitor(Duration.ofMillis(10));
        awaitAttempts(1);

        awaitNoOtherListFor(Duration.ofMillis(300), 1);
    }

    @Test
    void aNamespaceThatIsWatchedIsListedFiveTimesLessOften() {
        source.lists.add(listThatTook(Duration.ofMillis(100)));
        monitor(Duration.ofMillis(10));
        awaitOpen(1);

        awaitNoOtherListFor(Duration.ofSeconds(2), 1);
    }

    /** Each build that begins is listed alone. */
    @Test
    void theListOfOneApplicationDoesNotEndTheRestAfterThatOfAll() {
        source.lists.add(listThatTook(Duration.ofMinutes(1)));
        monitor(Duration.ofMillis(10));
        awaitOpen(1);
        monitor(Duration.ofMillis(10));

        await().until(() -> source.listed.get() == 2);
        awaitNoOtherListFor(Duration.ofMillis(300), 2);
    }
}
