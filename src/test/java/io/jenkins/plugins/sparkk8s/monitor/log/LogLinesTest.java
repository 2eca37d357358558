package io.jenkins.plugins.sparkk8s.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines come out the same however the bytes are divided. */
class LogLinesTest {
    private final List<String> output = new ArrayList<>();
    private final LogLines lines = new LogLines(line -> output.add(line.text()));

    private void feed(String text, int pieces) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int start = 0; start < bytes.length; start += pieces) {
            lines.feed(ByteBuffer.wrap(bytes, start, Math.min(pieces, bytes.length - start)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void endsOfAllKinds(int pieces) {
        feed("T a\nT b\r\nT c\r\r\nT \nT ü語😀\n", pieces);

        assertThat(output).containsExactly("a", "b", "c", "", "ü語😀");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void aLoneReturnReplacesTheTextBeforeIt(int pieces) {
        feed("T \r10%\r20%\nT \r30%\r     \rnext\nT kept\r\n", pieces);

        assertThat(output).containsExactly("20%", "next", "kept");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 100_000})
    void aHugeLineIsCutBetweenCharacters(int pieces) {
        feed("T " + "語".repeat(30_000) + "\nT next\n", pieces);

        assertThat(output).hasSize(2).last().isEqualTo("next");
        assertThat(output.get(0)).matches("語+… \\(\\d+ more characters\\)").hasSizeLessThan(TextSanitizer.MAX_LINE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 100_000})
    void aBarOfManyStatesIsNotCut(int pieces) {
        StringBuilder bar = new StringBuilder("T ");
        for (int state = 0; state < 10_000; state++) {
            bar.append('\r').append(state).append(" of 10000");
        }
        feed(bar + "\n", pieces);

        assertThat(output).containsExactly("9999 of 10000");
    }
}
