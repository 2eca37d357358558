package io.jenkins.plugins.sparkk8s.jenkins.logfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import io.jenkins.plugins.sparkk8s.monitor.output.LogFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a build that hold the logs of containers, whatever happens to the controller that writes them. */
class BuildLogFilesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00.000000001Z");

    @TempDir
    Path build;

    private final List<String> warnings = new ArrayList<>();
    private LogFolder folder;
    private BuildLogFiles files;

    @BeforeEach
    void open() {
        folder = new LogFolder(build.resolve("spark-logs").resolve("a"));
        files = files();
    }

    private BuildLogFiles files() {
        return new BuildLogFiles(folder, Runnable::run, warnings::add, () -> {});
    }

    private static LogCursor cursor(int line) {
        return new LogCursor(START.plusSeconds(line), 1);
    }

    private void write(int from, int to) {
        IntStream.range(from, to).forEach(i -> files.driverLine("line " + i, cursor(i)));
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
    }

    private static List<String> unpacked(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void anyToolReadsTheFile() throws IOException {
        write(0, 10);
        files.flush();
        write(10, 20);
        files.flush();

        assertThat(unpacked(folder.driverPart(0))).isEqualTo(lines(0, 20));
        assertThat(folder.names()).containsExactly("driver.log");
    }

    /** Wherever the member breaks off that was being written. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 20, 35, 36, 60})
    void continuesAfterTheControllerWasKilledWhileItWrote(int broken) throws IOException {
        write(0, 100);
        files.flush();
        byte[] first = Files.readAllBytes(folder.driverPart(0));
        write(100, 200);
        files.flush();
        byte[] both = Files.readAllBytes(folder.driverPart(0));
        Files.write(folder.driverPart(0), Arrays.copyOf(both, first.length + broken));

        files = files();
        assertThat(files.driverReached()).isEqualTo(cursor(99));
        write(100, 150);
        files.flush();

        assertThat(unpacked(folder.driverPart(0))).isEqualTo(lines(0, 150));
    }

    @Test
    void linesThatWereNotWrittenYetAreReadAgain() {
        write(0, 100);
        files.flush();
        write(100, 110);

        assertThat(files().driverReached()).isEqualTo(cursor(99));
    }

    @Test
    void keepsBeginAndEndOfALogThatIsTooLong() throws IOException {
        DriverLogFile.Limits limits = new DriverLogFile.Limits(2000, 1000, 3);
        files = new BuildLogFiles(folder, Runnable::run, warnings::add, () -> {}, limits);
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            files.driverLine("line " + i + " " + random.nextLong() + random.nextLong(), cursor(i));
            files.flush();
        }

        long size = 0;
        List<String> kept = new ArrayList<>();
        for (int part : folder.driverParts()) {
            size += Files.size(folder.driverPart(part));
            kept.addAll(unpacked(folder.driverPart(part)));
        }
        assertThat(size).isLessThanOrEqualTo(2000 + 3 * 1000);
        assertThat(folder.driverParts()).hasSize(4);
        assertThat(kept.get(0)).startsWith("line 0 ");
        assertThat(kept.get(kept.size() - 1)).startsWith("line 499 ");
        assertThat(new BuildLogFiles(folder, Runnable::run, warnings::add, () -> {}, limits).driverReached())
                .isEqualTo(cursor(499));
    }

    @Test
    void aBuildThatWasDeletedStaysDeleted() throws IOException {
        Files.delete(build);

        write(0, 10);
        files.flush();
        LogFiles.ExecutorLog log = files.executorLog(3);
        log.line("x");
        log.end(true);

        assertThat(build).doesNotExist();
        assertThat(warnings).isEmpty();
    }

    @Test
    void saysOnceThatTheDiskTakesNoMore() throws IOException {
        Files.writeString(build.resolve("spark-logs"), "no folder");

        write(0, 10);
        files.flush();
        write(10, 20);
        files.flush();

        assertThat(warnings).singleElement().asString().contains("no longer kept as a file of the build");
    }

    @Test
    void keepsTheLogOfAnExecutorOnce() throws IOException {
        LogFiles.ExecutorLog log = files.executorLog(3);
        log.line("one");
        log.end(true);

        assertThat(folder.names()).containsExactly("executor-3.log");
        assertThat(unpacked(folder.executor(3))).containsExactly("one");
        assertThat(files().hasExecutorLog(3)).isTrue();
        assertThat(files().executorLogs()).isEqualTo(1);
    }

    @Test
    void aLogThatCouldNotBeReadIsNone() {
        files.executorLog(3).end(false);

        assertThat(folder.names()).isEmpty();
        assertThat(files.hasExecutorLog(3)).isFalse();
    }

    @Test
    void anEmptyFileOfACrashIsContinued() throws IOException {
        Files.createDirectories(folder.path());
        Files.write(folder.driverPart(0), new byte[0], StandardOpenOption.CREATE);

        files = files();
        write(0, 3);
        files.flush();

        assertThat(unpacked(folder.driverPart(0))).isEqualTo(lines(0, 3));
    }
}
