package io.jenkins.plugins.sparkk8s.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads of one log continue at the cursor without losing or repeating a line. */
class LogReadingTest {
    private static final int LIMIT = 1024 * 1024;
    private static final String SECOND = "2026-01-01T00:00:20";

    private final List<String> output = new ArrayList<>();
    private LogCursor cursor = LogCursor.beginning();

    /** A read as the kubelet answers it: from the cursor's second on. */
    private LogReading read(String log, boolean last, int limit) throws IOException {
        LogReading reading = new LogReading(cursor, limit, (text, reached) -> output.add(text));
        String since = cursor.sinceTime();
        StringBuilder answer = new StringBuilder();
        for (String line : log.split("(?<=\n)")) {
            boolean wanted = since == null
                    || !Instant.parse(line.substring(0, line.indexOf(' '))).isBefore(Instant.parse(since));
            answer.append(wanted ? line : "");
        }
        byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        try (InputStream in = new ByteArrayInputStream(bytes, 0, Math.min(limit, bytes.length))) {
            reading.read(in, last);
        }
        cursor = reading.cursor();
        return reading;
    }

    private static String line(String fraction, String text) {
        return SECOND + fraction + "Z " + text + "\n";
    }

    @Test
    void countsLinesOfTheSameTimestamp() throws IOException {
        String log = line(".5", "a") + line(".5", "b");
        read(log, false, LIMIT);
        read(log + line(".5", "c"), false, LIMIT);
        read(log + line(".5", "c") + line(".6", "d"), false, LIMIT);

        assertThat(output).containsExactly("a", "b", "c", "d");
    }

    @Test
    void keepsLinesOfTwoStreamsThatAreOutOfOrder() throws IOException {
        String log = line(".1", "a") + line(".9", "late");
        read(log, false, LIMIT);
        log += line(".8", "early");
        read(log, false, LIMIT);
        read(log, false, LIMIT);
        read(log + line(".95", "z"), false, LIMIT);

        assertThat(output).containsExactly("a", "late", "early", "z");
    }

    @Test
    void waitsForTheEndOfALineUnlessItIsTheLast() throws IOException {
        String unfinished = line(".1", "a") + SECOND + ".2Z half";
        read(unfinished, false, LIMIT);
        assertThat(output).containsExactly("a");
        read(unfinished, true, LIMIT);

        assertThat(output).containsExactly("a", "half");
    }

    @Test
    void endlessLineIsShownOnceAndCut() throws IOException {
        String endless = SECOND + ".2Z " + "x".repeat(50_000);
        read(endless, false, LIMIT);
        read(endless + "x".repeat(1000), false, LIMIT);

        assertThat(output)
                .singleElement()
                .asString()
                .startsWith("xxx")
                .endsWith("left out)")
                .hasSizeLessThan(9000);
    }

    @Test
    void lineCutByTheLimitIsReadAgain() throws IOException {
        String log = line(".1", "a") + line(".2", "bbbbbbbbbb");
        LogReading reading = read(log, true, log.length() - 5);
        assertThat(reading.limitReached()).isTrue();
        assertThat(output).containsExactly("a");
        read(log, true, LIMIT);

        assertThat(output).containsExactly("a", "bbbbbbbbbb");
    }

    @Test
    void wordsOfTheKubeletAreNoLines() throws IOException {
        LogReading reading = new LogReading(cursor, LIMIT, (text, reached) -> output.add(text));
        reading.read(
                new ByteArrayInputStream("unable to retrieve container logs\n".getBytes(StandardCharsets.UTF_8)), true);

        assertThat(output).isEmpty();
        assertThat(reading.hasNews()).isFalse();
    }

    @Test
    void emptyLinesAreLines() throws IOException {
        read(SECOND + ".1Z \n" + SECOND + ".2Z\n", false, LIMIT);

        assertThat(output).containsExactly("", "");
    }
}
