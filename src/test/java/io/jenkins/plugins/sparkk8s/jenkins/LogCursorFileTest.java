package io.jenkins.plugins.sparkk8s.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.monitor.LogCursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCursorFileTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path build;

    private Instant now = START;
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(ZoneOffset.UTC);

    private LogCursorFile file() {
        return new LogCursorFile(build, "id", clock);
    }

    private static LogCursor line(int number) {
        return new LogCursor(START.plusSeconds(number), 1);
    }

    @Test
    void beginsAtTheBeginning() {
        assertThat(file().read()).isEqualTo(LogCursor.beginning());
    }

    @Test
    void writesOnlyWhatHasBeenShownForAWhile() {
        LogCursorFile cursors = file();
        cursors.reached(line(1));
        now = START.plusSeconds(10);
        cursors.reached(line(2));
        assertThat(file().read()).isEqualTo(LogCursor.beginning());

        now = START.plusSeconds(21);
        cursors.reached(line(3));

        assertThat(file().read()).isEqualTo(line(1));
    }

    @Test
    void neverWritesTheLastPlaceOfAQuietDriver() {
        LogCursorFile cursors = file();
        cursors.reached(line(1));
        cursors.reached(line(2));
        now = START.plusSeconds(600);
        cursors.reached(line(2));

        assertThat(file().read()).isEqualTo(line(1));
    }

    @Test
    void readsTheLogFromItsBeginningWhenTheFileIsDamaged() throws IOException {
        Files.writeString(build.resolve("spark-log-id.cursor"), "what");

        assertThat(file().read()).isEqualTo(LogCursor.beginning());
    }
}
