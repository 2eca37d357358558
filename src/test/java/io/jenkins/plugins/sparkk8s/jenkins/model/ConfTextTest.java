package io.jenkins.plugins.sparkk8s.jenkins.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfTextTest {
    @Test
    void readsLinesInTheirOrder() {
        assertThat(ConfText.parse("spark.b=2\r\nspark.a = 1 \r\n"))
                .containsExactly(entry("spark.b", "2"), entry("spark.a", "1"));
    }

    @Test
    void readsWhatStandsInSparkDefaults() {
        assertThat(ConfText.parse("# comment\n\nspark.driver.extraJavaOptions  -Da=b -Dc=d\n! another\nspark.x\t1"))
                .containsExactly(entry("spark.driver.extraJavaOptions", "-Da=b -Dc=d"), entry("spark.x", "1"));
    }

    @Test
    void aValueMayHoldFurtherSigns() {
        assertThat(ConfText.parse("spark.driver.extraJavaOptions=-Da=b:c # d"))
                .containsExactly(entry("spark.driver.extraJavaOptions", "-Da=b:c # d"));
    }

    @Test
    void aBackslashThatBeginsNoEscapeStandsForItself() {
        assertThat(ConfText.parse("spark.redaction.regex=(?i)secret|\\d+\\.\\u00\nspark.y=C:\\temp\\"))
                .containsExactly(
                        entry("spark.redaction.regex", "(?i)secret|\\d+\\.\\u00"), entry("spark.y", "C:\\temp\\"));
    }

    @Test
    void ofAKeyThatIsThereTwiceTheLastCounts() {
        assertThat(ConfText.parse("spark.a=1\nspark.a=2")).containsExactly(entry("spark.a", "2"));
    }

    @Test
    void aKeyAloneHasNoValue() {
        Map<String, String> conf = new LinkedHashMap<>();
        conf.put("spark.a", null);

        assertThat(ConfText.parse("spark.a")).isEqualTo(conf);
        assertThat(ConfText.format(conf)).isEqualTo("spark.a");
    }

    @Test
    void showsOneLineForEachEntry() {
        Map<String, String> conf = new LinkedHashMap<>();
        conf.put("spark.sql.shuffle.partitions", "400");
        conf.put("spark.text", "a\nb");

        assertThat(ConfText.format(conf)).isEqualTo("spark.sql.shuffle.partitions=400\nspark.text=a\\nb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a=b",
                "=a",
                "==",
                " a ",
                "  ",
                "\t",
                "a\nb",
                "\n",
                "\r\n",
                "\\",
                "\\\\",
                "\\n",
                "a\\",
                "\\u0041",
                "C:\\new\\table",
                "\\d+",
                "#a",
                "!a",
                "a\u0000b",
                "täglich \uD83D\uDE00",
                "${X}",
                "\"a\"",
                "a: b",
                "\u00a0",
                "\u2028"
            })
    void everyTextComesBack(String text) {
        Map<String, String> conf = new LinkedHashMap<>();
        conf.put("spark.first", text);
        conf.put("spark." + text, "1");
        conf.put(text, text);
        conf.put("spark.last", "2");

        assertThat(ConfText.parse(ConfText.format(conf).replace("\n", "\r\n"))).isEqualTo(conf);
    }
}
