package io.jenkins.plugins.sparkk8s.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkVersionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"3.5.0", "3.5", "4.0.1", "4.1.1", " 4.1.1 ", "4.1.0-SNAPSHOT", "4.0.0-preview2", "3.5.1.vendor-7"
            })
    void acceptsSupportedLines(String text) {
        assertThat(SparkVersion.parse(text)).hasToString(text.trim());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4",
                "latest",
                "3.4.4",
                "4.2.0",
                "5.0.0",
                "v4.1.1",
                "4.1.1-",
                "4.1.x y",
                "4.1.",
                "99999999999.1",
                "4.99999999999.1",
                "-4.1.1"
            })
    void refusesOthersAndNamesTheKey(String text) {
        assertThatThrownBy(() -> SparkVersion.parse(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "The value '%s' of spark.kubernetes.submit.sparkVersion is not a supported Spark version. Use 3.5.x, 4.0.x or 4.1.x.",
                        text);
    }

    @Test
    void staysShortEnoughForLabel() {
        assertThatThrownBy(() -> SparkVersion.parse("4.1.1" + "x".repeat(60)))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void comparesLines() {
        SparkVersion version = SparkVersion.parse("4.0.2");

        assertThat(version.atLeast(3, 5)).isTrue();
        assertThat(version.atLeast(4, 0)).isTrue();
        assertThat(version.atLeast(4, 1)).isFalse();
        assertThat(version.atLeast(5, 0)).isFalse();
    }
}
