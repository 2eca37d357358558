package io.jenkins.plugins.sparkk8s.jenkins.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.record.QueuePlace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who runs and who waits, with a clock of its own and without Jenkins. */
class ApplicationQueueTest {
    private final SparkCluster cluster = new SparkCluster("prod", "https://prod.example.com");
    private final SparkCluster other = new SparkCluster("other", "https://other.example.com");
    private final Map<String, QueueEntry> earlier = new LinkedHashMap<>();
    private final List<String> events = new ArrayList<>();
    private List<SparkCluster> configured = List.of(cluster, other);
    private Instant now = Instant.parse("2026-11-27T10:00:00Z");
    private ApplicationQueue queue = newQueue();

    private ApplicationQueue newQueue() {
        return new ApplicationQueue(() -> QueueLimits.of(configured), () -> earlier, new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        });
    }

    private static QueuedUse of(String job) {
        return new QueuedUse("prod", job);
    }

    private ApplicationQueue.Waiter waiter(String id) {
        return new ApplicationQueue.Waiter() {
            @Override
            public void admitted() {
                events.add(id);
            }

            @Override
            public void moved(QueuePlace place) {
                events.add(id + " at " + place.position());
            }
        };
    }

    /** Enters, and waits if it has to. */
    private OptionalLong comes(String id, QueuedUse use) {
        OptionalLong number = queue.enter(id, use);
        if (number.isPresent()) {
            queue.await(id, use, waiter(id));
        }
        return number;
    }

    private int position(String id) {
        return queue.place(id).orElseThrow().position();
    }

    @Test
    void runsAllWithoutALimit() {
        IntStream.range(0, 100)
                .forEach(i -> assertThat(comes("id" + i, of("job"))).isEmpty());
        assertThat(queue.counts().running("prod")).isEqualTo(100);
    }

    @Test
    void admitsInTheOrderInWhichTheyCame() {
        cluster.setMaxApplications(2);
        for (String id : List.of("a", "b", "c", "d", "e")) {
            comes(id, of("job"));
        }
        assertThat(List.of(position("c"), position("d"), position("e"))).containsExactly(1, 2, 3);

        queue.leave("b");
        queue.leave("a");
        queue.leave("c");

        assertThat(events).containsExactly("c", "d", "e");
        assertThat(queue.counts().queued("prod")).isZero();
    }

    @Test
    void saysWhatItWaitsFor() {
        cluster.setMaxApplications(1);
        comes("a", of("job"));
        comes("b", of("job"));

        assertThat(queue.place("b"))
                .hasToString(
                        "Optional[position 1: 1 of at most 1 applications run on the Spark cluster prod (maxApplications)]");
    }

    @Test
    void letsOthersPassWhatOnlyTheLimitOfItsJobHoldsUp() {
        cluster.setMaxApplications(3);
        cluster.setMaxApplicationsPerJob(1);
        comes("a1", of("team/a"));
        comes("a2", of("team/a"));
        comes("a3", of("team/a"));

        assertThat(comes("b1", of("team/b"))).isEmpty();
        assertThat(position("a3")).isEqualTo(2);
        assertThat(queue.place("a2").orElseThrow().reason()).contains("of the job team/a", "maxApplicationsPerJob");

        queue.leave("a1");
        assertThat(events).containsExactly("a2");
    }

    @Test
    void doesNotLetANewOnePassThoseThatWait() {
        cluster.setMaxApplications(1);
        comes("a", of("job"));
        comes("b", of("job"));
        cluster.setMaxApplications(2);

        assertThat(comes("c", of("job"))).isPresent();

        assertThat(events).containsExactly("b");
    }

    @Test
    void clustersDoNotWaitForEachOther() {
        cluster.setMaxApplications(0);
        comes("a", of("job"));

        assertThat(comes("b", new QueuedUse("other", "job"))).isEmpty();
        assertThat(queue.place("a").orElseThrow().reason()).contains("takes no applications now");
    }

    @Test
    void aHigherLimitAdmitsAtOnceAndALowerOneStopsNone() {
        cluster.setMaxApplications(1);
        List.of("a", "b", "c", "d").forEach(id -> comes(id, of("job")));

        cluster.setMaxApplications(3);
        queue.admit();
        assertThat(events).containsExactly("b", "c");

        cluster.setMaxApplications(1);
        queue.leave("a");
        queue.leave("b");
        assertThat(events).containsExactly("b", "c");
        queue.leave("c");
        assertThat(events).containsExactly("b", "c", "d");
    }

    @Test
    void thoseOfAClusterThatIsGoneDoNotWait() {
        cluster.setMaxApplications(1);
        comes("a", of("job"));
        comes("b", of("job"));

        configured = List.of(other);
        queue.admit();

        assertThat(events).containsExactly("b");
    }

    @Test
    void anAbortedOneMakesNoGap() {
        cluster.setMaxApplications(1);
        List.of("a", "b", "c").forEach(id -> comes(id, of("job")));

        queue.leave("b");
        assertThat(position("c")).isEqualTo(1);
        queue.leave("a");

        assertThat(events).containsExactly("c");
    }

    @Test
    void reportsABetterPlaceOnlyEveryTenMinutes() {
        cluster.setMaxApplications(1);
        List.of("a", "b", "c", "d", "e").forEach(id -> comes(id, of("job")));
        queue.leave("a");
        assertThat(events).containsExactly("b");

        now = now.plus(ApplicationQueue.NOTICE_INTERVAL);
        queue.leave("b");
        queue.leave("c");

        assertThat(events).containsExactly("b", "c", "d at 1", "e at 2", "d");
    }

    @Test
    void oneThatIsAdmittedBeforeItWaitsRunsAtOnce() {
        cluster.setMaxApplications(1);
        comes("a", of("job"));
        queue.enter("b", of("job"));
        queue.leave("a");

        queue.await("b", of("job"), waiter("b"));

        assertThat(events).containsExactly("b");
        assertThat(queue.counts().running("prod")).isEqualTo(1);
    }

    /** Builds resume in any order. */
    @Test
    void keepsTheOrderOverARestart() {
        cluster.setMaxApplications(1);
        earlier.put("r", new QueueEntry(of("job"), null));
        earlier.put("y", new QueueEntry(of("job"), 20L));
        earlier.put("x", new QueueEntry(of("job"), 10L));

        queue.await("y", of("job"), waiter("y"));
        assertThat(comes("z", of("job"))).isPresent();
        queue.leave("r");
        assertThat(events).isEmpty();
        queue.await("x", of("job"), waiter("x"));
        assertThat(events).containsExactly("x");
        queue.leave("x");
        queue.leave("y");

        assertThat(events).containsExactly("x", "y", "z");
    }

    @Test
    void aBuildThatDoesNotResumeHoldsUpOthersForFiveMinutesOnly() {
        cluster.setMaxApplications(1);
        earlier.put("x", new QueueEntry(of("job"), 10L));
        earlier.put("y", new QueueEntry(of("job"), 20L));
        queue.await("y", of("job"), waiter("y"));
        assertThat(events).isEmpty();

        now = now.plus(ApplicationQueue.RESUME_TIME).plusSeconds(1);
        queue.admit();
        assertThat(events).containsExactly("y");

        queue.await("x", of("job"), waiter("x"));
        queue.leave("y");
        assertThat(events).containsExactly("y", "x");
    }

    @Test
    void aNumberNeverComesTwiceThoughTheClockGoesBack() {
        cluster.setMaxApplications(0);
        long later = now.plus(Duration.ofDays(1)).toEpochMilli();
        earlier.put("x", new QueueEntry(of("job"), later));

        assertThat(comes("a", of("job")).getAsLong()).isGreaterThan(later);
    }

    @Test
    void countsThoseOfAJobThatWasMoved() {
        cluster.setMaxApplicationsPerJob(1);
        comes("a", of("team/a"));

        queue.moved("team", "unit");

        assertThat(comes("b", of("unit/a"))).isPresent();
        assertThat(comes("c", of("team/a"))).isEmpty();
    }

    @Test
    void forgetsWhatIsNotOpenAnyMore() {
        cluster.setMaxApplications(1);
        List.of("a", "b", "c").forEach(id -> comes(id, of("job")));

        queue.retain("c"::equals);

        assertThat(events).endsWith("c");
        assertThat(queue.counts().running()).isEqualTo(1);
    }

    /** A round costs as much as there are applications, so that a thousand of them cost milliseconds. */
    @Test
    void aThousandAreCheap() {
        cluster.setMaxApplications(10);
        long start = System.nanoTime();
        IntStream.range(0, 1_000).forEach(i -> comes("id" + i, of("job" + i % 7)));
        IntStream.range(0, 1_000).forEach(i -> queue.leave("id" + i));
        Duration time = Duration.ofNanos(System.nanoTime() - start);

        assertThat(events.stream().filter(event -> !event.contains(" "))).hasSize(990);
        assertThat(queue.counts().running() + queue.counts().queued()).isZero();
        assertThat(time).isLessThan(Duration.ofSeconds(10));
    }
}
