package io.jenkins.plugins.sparkk8s.monitor.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Requests that come at about the same time are served together. */
class GatheringTest {
    private static final long START = Long.MAX_VALUE - Gathering.PAUSE;

    private final Gathering gathering = new Gathering();

    @Test
    void waitsUntilNoneHasComeForAMoment() {
        assertThat(gathering.rest(START)).isZero();
        gathering.requested(START);
        gathering.requested(START + 1000);

        assertThat(gathering.rest(START + 1000)).isEqualTo(Duration.ofNanos(Gathering.PAUSE));
        assertThat(gathering.rest(START + 1000 + Gathering.PAUSE)).isZero();
    }

    @Test
    void waitsNoLongerThanItsBoundWhileTheyKeepComing() {
        long now = START;
        for (; now - START < Gathering.MOST; now += Gathering.PAUSE / 2) {
            gathering.requested(now);
            assertThat(gathering.rest(now)).isPositive();
        }
        gathering.requested(now);

        assertThat(gathering.rest(now)).isZero();
    }

    @Test
    void waitsAgainForTheNextOnes() {
        gathering.requested(START);
        gathering.clear();
        gathering.requested(START + Gathering.MOST);

        assertThat(gathering.rest(START + Gathering.MOST)).isPositive();
    }
}
