package io.jenkins.plugins.sparkk8s.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypeTest {
    private static final ConfigOption<Duration> MILLIS =
            ConfigOption.millis("spark.test.millis").build();
    private static final ConfigOption<Duration> SECONDS =
            ConfigOption.seconds("spark.test.seconds").build();
    private static final ConfigOption<Long> SIZE =
            ConfigOption.mebibytes("spark.test.size").build();
    private static final ConfigOption<Integer> INT =
            ConfigOption.integer("spark.test.int").build();
    private static final ConfigOption<Long> LONG =
            ConfigOption.longInteger("spark.test.long").build();
    private static final ConfigOption<Double> DOUBLE =
            ConfigOption.decimal("spark.test.double").build();
    private static final ConfigOption<Boolean> BOOLEAN =
            ConfigOption.bool("spark.test.boolean").build();
    private static final ConfigOption<List<String>> LIST =
            ConfigOption.list("spark.test.list").build();

    @ParameterizedTest
    @CsvSource({
        "250, PT0.25S",
        "250ms, PT0.25S",
        "7000us, PT0.007S",
        "50s, PT50S",
        "2m, PT2M",
        "2min, PT2M",
        "3h, PT3H",
        "1d, PT24H",
        "' 50S ', PT50S",
        "-5s, PT-5S",
        "0, PT0S"
    })
    void readsTimeWithUnitOrInMilliseconds(String text, Duration expected) {
        assertThat(MILLIS.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"30, PT30S", "1500ms, PT1S", "999ms, PT0S", "2m, PT2M"})
    void readsBareTimeInTheUnitOfTheKeyAndDropsWhatIsBelowIt(String text, Duration expected) {
        assertThat(SECONDS.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "s",
                "1.5s",
                "5 s",
                "5x",
                "5sec",
                "five",
                "5s5",
                "+5s",
                "99999999999999999999s",
                "9223372036854775807s",
                "9223372036854775807d"
            })
    void refusesWhatIsNoTimeOrTooLong(String text) {
        assertThatThrownBy(() -> MILLIS.parse(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "The value '%s' of spark.test.millis is not valid. It must be a time such as 500ms, 30s or 5m"
                                .formatted(text)
                                .concat(" (a bare number is in milliseconds)."));
    }

    @ParameterizedTest
    @CsvSource({
        "512, 512",
        "512m, 512",
        "512mb, 512",
        "512MB, 512",
        "2g, 2048",
        "2gb, 2048",
        "1t, 1048576",
        "1tb, 1048576",
        "1p, 1073741824",
        "1pb, 1073741824",
        "2048k, 2",
        "2048kb, 2",
        "1500k, 1",
        "1048576b, 1",
        "1b, 0",
        "' 4G ', 4096",
        "0, 0"
    })
    void readsSizeInMebibytes(String text, long expected) {
        assertThat(SIZE.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "g",
                "1.5g",
                "0.5",
                "1 g",
                "1gi",
                "1GiB",
                "1bb",
                "1e",
                "-1g",
                "1gg",
                "9223372036854775808",
                "9223372036854775807p"
            })
    void refusesWhatIsNoSizeOrTooLarge(String text) {
        assertThatThrownBy(() -> SIZE.parse(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'" + text + "' of spark.test.size")
                .hasMessageContaining("a size such as 512m or 4g (a bare number is in MiB)");
    }

    @Test
    void readsLargestSizeThatFits() {
        assertThat(SIZE.parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void readsNumbersBetweenBlanks() {
        assertThat(INT.parse(" 7 ")).isEqualTo(7);
        assertThat(INT.parse("-7")).isEqualTo(-7);
        assertThat(LONG.parse(" 9223372036854775807 ")).isEqualTo(Long.MAX_VALUE);
        assertThat(DOUBLE.parse(" 0.4 ")).isEqualTo(0.4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two", "1.0", "2147483648", "1k", "1_000"})
    void refusesWhatIsNoInteger(String text) {
        assertThatThrownBy(() -> INT.parse(text)).hasMessageContaining("a whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9223372036854775808", "1.5"})
    void refusesWhatIsNoLong(String text) {
        assertThatThrownBy(() -> LONG.parse(text)).hasMessageContaining("a whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10%", "NaN", "Infinity", "-Infinity", "1e999"})
    void refusesWhatIsNoFiniteNumber(String text) {
        assertThatThrownBy(() -> DOUBLE.parse(text)).hasMessageContaining("a number");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "TRUE, true", "' False ', false"})
    void readsBooleanInAnyCase(String text, boolean expected) {
        assertThat(BOOLEAN.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "1", "truee"})
    void refusesWhatIsNeitherTrueNorFalse(String text) {
        assertThatThrownBy(() -> BOOLEAN.parse(text)).hasMessageContaining("It must be true or false.");
    }

    @Test
    void readsListWithoutBlanksAndEmptyEntries() {
        assertThat(LIST.parse(" a , b c ,, d,")).containsExactly("a", "b c", "d");
        assertThat(LIST.parse("")).isEmpty();
        assertThat(LIST.parse(" , ")).isEmpty();
    }

    @Test
    void namesTypesAsSparkDoes() {
        assertThat(INT.typeName()).isEqualTo("int");
        assertThat(SIZE.typeName()).isEqualTo("bytes in MiB");
        assertThat(MILLIS.typeName()).isEqualTo("time in millis");
        assertThat(SECONDS.typeName()).isEqualTo("time in seconds");
    }
}
