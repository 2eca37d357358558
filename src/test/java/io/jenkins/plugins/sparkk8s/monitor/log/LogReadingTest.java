package io.jenkins.plugins.sparkk8s.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads of one log continue at the cursor without losing or repeating a line. */
class LogReadingTest {
    private static final String SECOND = "2026-01-01T00:00:20";

    private final List<String> output = new ArrayList<>();
    private LogCursor cursor = LogCursor.beginning();

    private final class Recorded implements LogReading.Output {
        @Override
        public void line(String text, LogCursor reached) {
            output.add(text);
        }

        @Override
        public void state(String text) {
            output.add("state " + text);
        }

        @Override
        public void gap(Instant after, Instant next) {
            output.add("gap " + after + " to " + next);
        }
    }

    /** A read as the kubelet answers it: from the cursor's second on. */
    private LogReading read(String log, boolean last) {
        LogReading reading = new LogReading(cursor, new Recorded());
        String since = cursor.sinceTime();
        for (String line : log.split("(?<=\n)")) {
            if (since == null
                    || !Instant.parse(line.substring(0, line.indexOf(' '))).isBefore(Instant.parse(since))) {
                reading.feed(bytes(line));
            }
        }
        if (last) {
            reading.end();
        }
        cursor = reading.cursor();
        return reading;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String line(String fraction, String text) {
        return SECOND + fraction + "Z " + text + "\n";
    }

    @Test
    void countsLinesOfTheSameTimestamp() {
        String log = line(".5", "a") + line(".5", "b");
        read(log, false);
        read(log + line(".5", "c"), false);
        read(log + line(".5", "c") + line(".6", "d"), false);

        assertThat(output).containsExactly("a", "b", "c", "d");
    }

    @Test
    void keepsLinesOfTwoStreamsThatAreOutOfOrder() {
        String log = line(".1", "a") + line(".9", "late");
        read(log, false);
        log += line(".8", "early");
        read(log, false);
        read(log, false);
        read(log + line(".95", "z"), false);

        assertThat(output).containsExactly("a", "late", "early", "z");
    }

    @Test
    void waitsForTheEndOfALineUnlessItIsTheLast() {
        String unfinished = line(".1", "a") + SECOND + ".2Z half";
        read(unfinished, false);
        assertThat(output).containsExactly("a");
        read(unfinished, true);

        assertThat(output).containsExactly("a", "half");
    }

    @Test
    void findsTheGapThatARotationLeaves() {
        read(line(".1", "a"), false);
        read(line(".7", "b") + line(".7", "c"), false);
        read(line(".7", "b") + line(".7", "c") + line(".8", "d"), false);

        assertThat(output).containsExactly("a", "gap " + SECOND + ".100Z to " + SECOND + ".700Z", "b", "c", "d");
    }

    @Test
    void continuesAfterAGapThatWasReportedBeforeItsNextLine() {
        cursor = new LogCursor(Instant.parse(SECOND + ".7Z"), 0);
        read(line(".7", "b") + line(".8", "c"), false);

        assertThat(output).containsExactly("b", "c");
    }

    @Test
    void showsHowALineStandsThatIsOverwritten() {
        LogReading reading = new LogReading(LogCursor.beginning(), new Recorded());
        reading.feed(bytes(SECOND + ".1Z 1 %\r2 %"));
        reading.feed(bytes("\r3 %"));
        reading.feed(bytes("\r\n"));

        assertThat(output).containsExactly("state 2 %", "state 3 %", "3 %");
    }

    @Test
    void wordsOfTheKubeletAreNoLines() {
        LogReading reading = new LogReading(cursor, new Recorded());
        reading.feed(bytes("unable to retrieve container logs\n"));

        assertThat(output).isEmpty();
        assertThat(reading.hasNews()).isFalse();
        assertThat(reading.kubeletWords()).isEqualTo("unable to retrieve container logs");
    }

    @Test
    void emptyLinesAreLines() {
        read(SECOND + ".1Z \n" + SECOND + ".2Z \n", false);

        assertThat(output).containsExactly("", "");
    }
}
