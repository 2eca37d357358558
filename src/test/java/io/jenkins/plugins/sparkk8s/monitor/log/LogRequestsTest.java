package io.jenkins.plugins.sparkk8s.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How many logs are read at a time, and who has to wait. */
class LogRequestsTest {
    private static final int MOST = 16;

    private final LogRequests requests = new LogRequests();
    private final List<Integer> started = new CopyOnWriteArrayList<>();
    private final List<LogRequests.Place> places = new ArrayList<>();

    private void enter(int count) {
        for (int i = 0; i < count; i++) {
            int number = places.size();
            places.add(requests.enter("https://a", LogRequests.Kind.SHORT, () -> started.add(number)));
        }
    }

    @Test
    void othersWaitInLine() {
        enter(MOST + 2);
        assertThat(started).hasSize(MOST);
        assertThat(requests.isCrowded(places.get(0))).isTrue();

        requests.leave(places.get(7));
        requests.leave(places.get(7));

        assertThat(started).hasSize(MOST + 1).endsWith(MOST);
    }

    @Test
    void anotherClusterDoesNotWait() {
        enter(MOST + 2);
        List<String> other = new ArrayList<>();
        requests.enter("https://b", LogRequests.Kind.SHORT, () -> other.add("started"));

        assertThat(other).containsExactly("started");
    }

    @Test
    void readsWithoutAnAnswerDoNotHoldUpTheOthers() {
        enter(MOST + 2);
        places.subList(0, MOST).forEach(requests::markStalled);

        assertThat(started).hasSize(MOST + 2);
    }

    @Test
    void thoseWithoutAnAnswerAreBoundedToo() {
        enter(4 * MOST);
        places.subList(0, 3 * MOST).forEach(requests::markStalled);
        assertThat(started).hasSize(3 * MOST);

        requests.leave(places.get(0));
        places.subList(2 * MOST, 3 * MOST).forEach(requests::markStalled);

        assertThat(started).hasSize(3 * MOST + 1);
    }

    @Test
    void longReadsDoNotHoldUpShortOnes() {
        for (int i = 0; i < 2 * MOST; i++) {
            requests.enter("https://a", LogRequests.Kind.LONG, () -> {});
        }
        enter(1);

        assertThat(started).hasSize(1);
    }

    @Test
    void moreThanABurstBeginsAtASteadyPace() {
        ReadPace pace = new ReadPace();
        long second = TimeUnit.SECONDS.toNanos(1);
        long now = 5 * second;
        for (int i = 0; i < ReadPace.BURST; i++) {
            assertThat(pace.delayNanos(now)).isZero();
        }
        for (int i = 0; i < ReadPace.READS_PER_SECOND; i++) {
            assertThat(pace.delayNanos(now)).isEqualTo(i * second / ReadPace.READS_PER_SECOND);
        }
        assertThat(pace.delayNanos(now + 2 * second)).isZero();
    }

    @Test
    void oneThatIsLeftBeforeItsTimeIsNeverStarted() {
        for (int i = 0; i < 3 * ReadPace.BURST; i++) {
            requests.enter("https://a", LogRequests.Kind.LONG, () -> {});
        }
        enter(2);
        requests.leave(places.get(0));

        await().atMost(Duration.ofSeconds(5)).until(() -> !started.isEmpty());
        assertThat(started).containsExactly(1);
    }

    @Test
    void oneThatNoLongerWaitsIsNotStarted() {
        enter(MOST + 2);
        requests.leave(places.get(MOST));
        requests.leave(places.get(0));

        assertThat(started).hasSize(MOST + 1).endsWith(MOST + 1);
    }
}
