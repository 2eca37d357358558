package io.jenkins.plugins.sparkk8s.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.monitor.pods.Backoff;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a log is read again. */
class ReadDelaysTest {
    private final ReadDelays delays = new ReadDelays(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)));

    private long seconds(boolean news) {
        if (news) {
            delays.news();
        } else {
            delays.nothingNew();
        }
        return delays.next().toSeconds();
    }

    @Test
    void growAtOnceForADriverThatWroteOnceAndIsQuiet() {
        assertThat(new long[] {seconds(true), seconds(false), seconds(false), seconds(false)})
                .containsExactly(1, 2, 4, 8);
    }

    @Test
    void stayShortForADriverThatWritesNowAndThen() {
        assertThat(new long[] {
                    seconds(true),
                    seconds(true),
                    seconds(false),
                    seconds(true),
                    seconds(false),
                    seconds(false),
                    seconds(false),
                    seconds(false)
                })
                .containsExactly(1, 1, 1, 1, 1, 1, 2, 4);
    }
}
