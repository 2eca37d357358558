package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UploadProgressTest {
    private static final Path FILE = Path.of("/w/app.jar");
    private static final long MIB = 1024 * 1024;

    private final List<String> lines = new ArrayList<>();
    private final SettableClock clock = new SettableClock();
    private final UploadProgress progress = new UploadProgress(lines::add, clock);

    @Test
    void quickUploadIsOneLineWithoutARate() {
        progress.progress(FILE, 512, 1536);
        progress.progress(FILE, 1536, 1536);
        progress.uploaded(FILE, "hdfs://nn/up/app.jar", 1536);

        assertThat(lines).containsExactly("[upload] app.jar → hdfs://nn/up/app.jar (1.5 KiB)");
    }

    @Test
    void slowUploadTellsHowFarAndHowFastItIs() {
        progress.progress(FILE, 0, 100 * MIB);
        clock.advance(Duration.ofSeconds(2));
        progress.progress(FILE, 20 * MIB, 100 * MIB);
        clock.advance(Duration.ofSeconds(1));
        progress.progress(FILE, 30 * MIB, 100 * MIB);
        clock.advance(Duration.ofSeconds(7));
        progress.uploaded(FILE, "hdfs://nn/up/app.jar", 100 * MIB);

        assertThat(lines)
                .containsExactly(
                        "[upload] app.jar: 20.0 MiB of 100.0 MiB (20 %, 10.0 MiB/s)",
                        "[upload] app.jar → hdfs://nn/up/app.jar (100.0 MiB, 10.0 MiB/s)");
    }

    @Test
    void emptyFileNeedsNoRate() {
        progress.uploaded(FILE, "hdfs://nn/up/app.jar", 0);

        assertThat(lines).containsExactly("[upload] app.jar → hdfs://nn/up/app.jar (0 B)");
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.EPOCH;

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
