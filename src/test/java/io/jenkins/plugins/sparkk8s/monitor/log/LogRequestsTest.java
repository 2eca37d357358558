package io.jenkins.plugins.sparkk8s.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many logs are read at a time, and who has to wait. */
class LogRequestsTest {
    private static final int MOST = 64;

    private final LogRequests requests = new LogRequests();
    private final List<Integer> started = new ArrayList<>();
    private final List<LogRequests.Place> places = new ArrayList<>();

    private void enter(int count) {
        for (int i = 0; i < count; i++) {
            int number = places.size();
            places.add(requests.enter("https://a", () -> started.add(number)));
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
        requests.enter("https://b", () -> other.add("started"));

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
        enter(3 * MOST);
        places.subList(0, 2 * MOST).forEach(requests::markStalled);
        assertThat(started).hasSize(2 * MOST);

        requests.leave(places.get(0));
        places.subList(0, 2 * MOST).forEach(requests::markStalled);

        assertThat(started).hasSize(2 * MOST + 1);
    }

    @Test
    void oneThatNoLongerWaitsIsNotStarted() {
        enter(MOST + 2);
        requests.leave(places.get(MOST));
        requests.leave(places.get(0));

        assertThat(started).hasSize(MOST + 1).endsWith(MOST + 1);
    }
}
