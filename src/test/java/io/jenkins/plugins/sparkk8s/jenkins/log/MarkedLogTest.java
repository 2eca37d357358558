package io.jenkins.plugins.sparkk8s.jenkins.log;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.console.ConsoleNote;
import io.jenkins.plugins.sparkk8s.jenkins.log.CheckpointFile.Checkpoint;
import io.jenkins.plugins.sparkk8s.monitor.MonitorCheckpoint;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A controller that comes after one that was killed continues where the log ends, whatever other plugins make of the lines. */
class MarkedLogTest {
    private static final Instant SECOND = Instant.parse("2026-01-01T00:00:20.123456789Z");

    private final MemoryLog log = new MemoryLog();
    private UnaryOperator<String> decoration = UnaryOperator.identity();

    /** A log as Jenkins keeps it, which other plugins decorate. */
    private final class MemoryLog implements ApplicationLog {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean knowsOffsets = true;

        @Override
        public void line(String text) {
            bytes.writeBytes((decoration.apply(text) + "\n").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public long flush() {
            return knowsOffsets ? bytes.size() : 0;
        }

        @Override
        public InputStream from(long offset) {
            return new ByteArrayInputStream(bytes.toByteArray(), (int) offset, bytes.size());
        }

        /** The last bytes do not reach the disk. */
        void lose(int count) {
            byte[] all = bytes.toByteArray();
            bytes.reset();
            bytes.write(all, 0, all.length - count);
        }

        /** As a reader of the plain console sees it. */
        List<String> plain() {
            return bytes.toString(StandardCharsets.UTF_8)
                    .lines()
                    .map(ConsoleNote::removeNotes)
                    .toList();
        }
    }

    static Stream<UnaryOperator<String>> decorations() {
        return Stream.of(
                line -> line,
                line -> "[2026-01-01T00:00:20.123Z] " + line,
                line -> LineMark.BEGIN + "AAAAsomeothernote==" + LineMark.END + line,
                line -> "\u001b[32m" + line + "\u001b[0m",
                line -> line.replace("secret", "****"),
                line -> line + "\r");
    }

    private MarkedLog begin(String id) {
        return new MarkedLog(log, id);
    }

    private static LogCursor cursor(int line) {
        return new LogCursor(SECOND.plusNanos(line / 2), 1 + line % 2);
    }

    private static void write(MarkedLog output, int from, int to) {
        for (int line = from; line < to; line++) {
            output.logLine("[driver] | secret of line " + line / 3, cursor(line));
        }
    }

    private static Checkpoint checkpoint(MarkedLog output) throws IOException {
        return output.checkpoint(MonitorCheckpoint.beginning(SECOND));
    }

    private static MonitorCheckpoint shownUpTo(int line) {
        return MonitorCheckpoint.beginning(SECOND).withLog(cursor(line));
    }

    @ParameterizedTest
    @MethodSource("decorations")
    void continuesAfterTheLastLineThatIsThere(UnaryOperator<String> by) throws IOException {
        decoration = by;
        MarkedLog killed = begin("a");
        write(killed, 0, 10);
        Checkpoint checkpoint = checkpoint(killed);
        write(killed, 10, 15);

        assertThat(begin("a").resume(Optional.of(checkpoint))).contains(shownUpTo(14));
    }

    @ParameterizedTest
    @MethodSource("decorations")
    void findsItsOwnLinesAmongEqualOnesOfOtherApplications(UnaryOperator<String> by) throws IOException {
        decoration = by;
        MarkedLog first = begin("a");
        MarkedLog second = begin("b");
        Checkpoint ofFirst = checkpoint(first);
        Checkpoint ofSecond = checkpoint(second);
        for (int line = 0; line < 20; line++) {
            write(first, line, line + 1);
            if (line < 12) {
                write(second, line, line + 1);
            }
        }

        assertThat(begin("a").resume(Optional.of(ofFirst))).contains(shownUpTo(19));
        assertThat(begin("b").resume(Optional.of(ofSecond))).contains(shownUpTo(11));
    }

    @Test
    void writesALineAgainThatIsNotThereToItsEnd() throws IOException {
        MarkedLog killed = begin("a");
        Checkpoint checkpoint = checkpoint(killed);
        write(killed, 0, 5);
        int end = log.bytes.size();
        write(killed, 5, 6);
        int length = log.bytes.size() - end;
        for (int lost = 1; lost < length; lost++) {
            log.lose(1);
            assertThat(begin("a").resume(Optional.of(checkpoint))).contains(shownUpTo(4));
        }
    }

    @Test
    void believesTheLogWhenTheCheckpointIsAheadOfIt() throws IOException {
        MarkedLog killed = begin("a");
        write(killed, 0, 3);
        Checkpoint checkpoint = new Checkpoint(shownUpTo(8), 0, 0, List.of());

        assertThat(begin("a").resume(Optional.of(checkpoint))).contains(shownUpTo(2));
    }

    @Test
    void readsALogThatIsKeptElsewhereFromItsBeginning() throws IOException {
        log.knowsOffsets = false;
        MarkedLog killed = begin("a");
        killed.line("[driver] Pending");
        write(killed, 0, 3);
        Checkpoint checkpoint = checkpoint(killed);
        killed.line("[driver] Running");
        write(killed, 3, 4);
        MarkedLog next = begin("a");

        assertThat(next.resume(Optional.of(checkpoint))).contains(shownUpTo(3));
        next.line("[driver] Running");
        next.line("[driver] Pending");
        assertThat(log.plain())
                .filteredOn(line -> line.equals("[driver] Running"))
                .hasSize(1);
        assertThat(log.plain())
                .filteredOn(line -> line.equals("[driver] Pending"))
                .hasSize(2);
    }

    @Test
    void continuesWithoutACheckpoint() throws IOException {
        MarkedLog killed = begin("a");
        killed.line("[driver] Running");
        write(killed, 0, 3);
        MarkedLog next = begin("a");

        assertThat(next.resume(Optional.empty()))
                .hasValueSatisfying(reported -> assertThat(reported.toJson())
                        .contains("\"logTime\":\"" + cursor(2).time()));
        next.line("[driver] Running");
        assertThat(log.plain())
                .filteredOn(line -> line.equals("[driver] Running"))
                .hasSize(1);
    }

    @Test
    void beginsAtTheBeginningWhenNothingIsThere() {
        assertThat(begin("a").resume(Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("decorations")
    void leavesOutEventsOnceThatAreWrittenAlready(UnaryOperator<String> by) throws IOException {
        decoration = by;
        MarkedLog killed = begin("a");
        killed.line("[spark] before");
        Checkpoint checkpoint = checkpoint(killed);
        killed.line("[executor 2] Pending with secret");
        killed.line("[driver] Running");
        MarkedLog next = begin("a");
        next.resume(Optional.of(checkpoint));
        int size = log.plain().size();
        next.line("[driver] Running");
        next.line("[executor 1] Pending");
        next.line("[executor 2] Pending with secret");
        next.line("[driver] Running");

        assertThat(log.plain().subList(size, log.plain().size()))
                .hasSize(2)
                .satisfiesExactly(
                        line -> assertThat(line).contains("[executor 1] Pending"),
                        line -> assertThat(line).contains("[driver] Running"));
    }

    @Test
    void writesCountsUnlessTheyAreThoseThatWereWrittenLast() throws IOException {
        MarkedLog killed = begin("a");
        Checkpoint checkpoint = checkpoint(killed);
        killed.line("[spark] executors: one");
        killed.line("[spark] executors: two");
        MarkedLog next = begin("a");
        next.resume(Optional.of(checkpoint));
        Stream.of("two", "one", "two").forEach(counts -> next.line("[spark] executors: " + counts));

        assertThat(log.plain())
                .containsExactly(
                        "[spark] executors: one",
                        "[spark] executors: two",
                        "[spark] executors: one",
                        "[spark] executors: two");
    }

    @Test
    void keepsForTheNextRestartWhatHasNotComeAgain() throws IOException {
        MarkedLog killed = begin("a");
        Checkpoint checkpoint = checkpoint(killed);
        killed.line("[executor 1] Running");
        killed.line("[executor 2] Running");
        MarkedLog next = begin("a");
        next.resume(Optional.of(checkpoint));
        next.line("[executor 1] Running");
        Checkpoint second = checkpoint(next);
        MarkedLog third = begin("a");
        third.resume(Optional.of(second));
        third.line("[executor 2] Running");
        third.line("[executor 1] Running");

        assertThat(log.plain()).containsExactly("[executor 1] Running", "[executor 2] Running", "[executor 1] Running");
    }

    @Test
    void marksAreNotSeen() {
        MarkedLog output = begin("a");
        write(output, 0, 3);
        output.line("[driver] Running");

        assertThat(log.plain())
                .containsExactly(
                        "[driver] | secret of line 0",
                        "[driver] | secret of line 0",
                        "[driver] | secret of line 0",
                        "[driver] Running");
        assertThat(new LineMark(LineMark.Kind.EVENT, 1, -1, 1).encode()).hasSize(LineMark.LENGTH);
    }
}
