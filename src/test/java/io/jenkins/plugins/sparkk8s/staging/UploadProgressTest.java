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
    private static final Path OTHER = Path.of("/w/lib.jar");
    private static final long MIB = 1024 * 1024;

    private final List<String> lines = new ArrayList<>();
    private final SettableClock clock = new SettableClock();
    private final UploadProgress progress = new UploadProgress(lines::add, clock);

    @Test
    void quickUploadIsOneLineWithoutARate() {
        progress.started(1, 1536, 0);
        progress.sent(FILE, 512);
        progress.sent(FILE, 1024);
        progress.uploaded(FILE, "hdfs://nn/up/app.jar", 1536);

        assertThat(lines).containsExactly("[upload] app.jar → hdfs://nn/up/app.jar (1.5 KiB)");
    }

    @Test
    void slowUploadReportsHowFarAndHowFastItIs() {
        progress.started(1, 100 * MIB, 0);
        clock.advance(Duration.ofSeconds(2));
        progress.sent(FILE, 20 * MIB);
        clock.advance(Duration.ofSeconds(1));
        progress.sent(FILE, 10 * MIB);
        clock.advance(Duration.ofSeconds(7));
        progress.sent(FILE, 70 * MIB);
        progress.uploaded(FILE, "hdfs://nn/up/app.jar", 100 * MIB);

        assertThat(lines)
                .containsExactly(
                        "[upload] app.jar: 20.0 MiB of 100.0 MiB (20 %, 10.0 MiB/s, 9 s left)",
                        "[upload] app.jar → hdfs://nn/up/app.jar (100.0 MiB, 10.0 MiB/s)");
    }

    @Test
    void severalFilesAreReportedTogether() {
        progress.started(2, 100 * MIB, 0);
        progress.sent(FILE, 10 * MIB);
        progress.uploaded(FILE, "hdfs://nn/up/1/app.jar", 10 * MIB);
        clock.advance(Duration.ofSeconds(2));
        progress.sent(OTHER, 10 * MIB);
        clock.advance(Duration.ofSeconds(8));
        progress.sent(OTHER, 80 * MIB);
        progress.uploaded(OTHER, "hdfs://nn/up/2/lib.jar", 90 * MIB);

        assertThat(lines)
                .containsExactly(
                        "[upload] app.jar → hdfs://nn/up/1/app.jar (10.0 MiB)",
                        "[upload] 1 of 2 files, 20.0 MiB of 100.0 MiB (20 %, 10.0 MiB/s, 9 s left)",
                        "[upload] lib.jar → hdfs://nn/up/2/lib.jar (90.0 MiB)",
                        "[upload] 2 files, 100.0 MiB (10.0 MiB/s)");
    }

    @Test
    void ofManyFilesOnlyTheSumIsReported() {
        progress.started(30, 30 * MIB, 70);
        clock.advance(Duration.ofMillis(500));
        for (int i = 0; i < 70; i++) {
            progress.present(FILE, "hdfs://nn/up/app.jar", MIB);
        }
        for (int i = 0; i < 30; i++) {
            progress.sent(FILE, MIB);
            progress.uploaded(FILE, "hdfs://nn/up/app.jar", MIB);
        }

        assertThat(lines).containsExactly("[upload] 30 files, 30.0 MiB (60.0 MiB/s); 70 were there already");
    }

    @Test
    void emptyFileNeedsNoRate() {
        progress.started(1, 0, 0);
        progress.uploaded(FILE, "hdfs://nn/up/app.jar", 0);

        assertThat(lines).containsExactly("[upload] app.jar → hdfs://nn/up/app.jar (0 B)");
    }

    @Test
    void whatIsThereIsNamed() {
        progress.started(0, 0, 1);
        progress.present(FILE, "hdfs://nn/up/app.jar", 5);

        assertThat(lines).containsExactly("[upload] app.jar is there already: hdfs://nn/up/app.jar");
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

    @Test
    void saysWhatACancelledUploadMayLeave() {
        progress.left(List.of("s3a://bucket/up/spark-upload-1-0", "s3a://bucket/up/spark-upload-1-1"));

        assertThat(lines)
                .containsExactly(
                        "[upload] s3a://bucket/up/spark-upload-1-0 and 1 more of this application could not be removed within a second after the upload was cancelled. Remove it by hand if it stays.");
    }
}
