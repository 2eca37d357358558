package io.jenkins.plugins.sparkk8s.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a reader of a log no longer keeps up. */
class FallingBehindTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    /** Of the node's clock. */
    private static final long SKEW = 3600;

    private final FallingBehind behind = new FallingBehind(Duration.ofSeconds(10));

    private boolean read(double written, double read) {
        return behind.isBehind(
                START.plusMillis((long) (written * 1000)).plusSeconds(SKEW), START.plusMillis((long) (read * 1000)));
    }

    @Test
    void aReaderThatGetsSlowerAndSlowerIs() {
        boolean is = false;
        for (int second = 0; second < 60 && !is; second++) {
            is = read(second / 2.0, second);
        }
        assertThat(is).isTrue();
    }

    @Test
    void aReaderThatKeepsUpIsNot() {
        for (int second = 0; second < 1000; second++) {
            assertThat(read(second, second + 5)).isFalse();
        }
    }

    @Test
    void aReaderThatCatchesUpIsNot() {
        read(0, 0);
        for (int second = 0; second < 60; second++) {
            assertThat(read(second * 10.0, 100 + second)).isFalse();
        }
    }

    @Test
    void aReaderOfAnOldLogIsNot() {
        for (int second = 0; second < 60; second++) {
            assertThat(read(second * 100.0, 100_000 + second)).isFalse();
        }
    }
}
