package io.jenkins.plugins.sparkk8s.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentLinesTest {
    @Test
    void oneArgumentIsOneLine() {
        assertThat(ArgumentLines.parse("--date\r\n2024-01-01\r\n")).containsExactly("--date", "2024-01-01");
    }

    @Test
    void nothingWithinALineHasAMeaning() {
        String json = "{\"separator\": \"\\n\", 'a': \"${X}\"}";

        assertThat(ArgumentLines.parse(json + "\n--in=C:\\data\\new")).containsExactly(json, "--in=C:\\data\\new");
    }

    @Test
    void emptyLinesAreLeftOut() {
        assertThat(ArgumentLines.parse("\n\na\n\nb\n\n")).containsExactly("a", "b");
        assertThat(ArgumentLines.parse("")).isEmpty();
    }

    @Test
    void twoQuotesAreAnEmptyArgument() {
        assertThat(ArgumentLines.parse("--suffix\n\"\"")).containsExactly("--suffix", "");
    }

    @Test
    void aBackslashAtTheEndContinuesTheArgument() {
        assertThat(ArgumentLines.parse("select 1\\\r\nfrom t\r\nnext")).containsExactly("select 1\nfrom t", "next");
    }

    @Test
    void lastLineHasNoContinuation() {
        assertThat(ArgumentLines.parse("C:\\data\\")).containsExactly("C:\\data\\");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"\"",
                "\"\"\"\"",
                "\"",
                "a",
                " a ",
                "a=b",
                "\\",
                "a\\",
                "a\\\\",
                "a\\\\\\",
                "\n",
                "a\nb",
                "a\n",
                "\na",
                "a\\\nb",
                "a\n\nb",
                "\n\n",
                "C:\\x\\\n\\",
                "\"\"\n\"\"",
                "#a",
                "täglich \uD83D\uDE00"
            })
    void everyArgumentComesBack(String argument) {
        List<String> arguments = List.of("first", argument, "last");

        assertThat(ArgumentLines.parse(ArgumentLines.format(arguments))).isEqualTo(arguments);
        assertThat(ArgumentLines.parse(ArgumentLines.format(List.of(argument)).replace("\n", "\r\n")))
                .containsExactly(argument);
    }
}
