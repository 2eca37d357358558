package io.jenkins.plugins.sparkk8s.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparkVersionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3.5.0",
                "3.5",
                "4.0.1",
                "4.1.1",
                " 4.1.1 ",
                "4.2.0",
                "4.3.0",
                "4.17.2",
                "5.0.0",
                "4.1.0-SNAPSHOT",
                "4.0.0-preview2",
                "3.5.1.vendor-7"
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
                        "The value '%s' of spark.kubernetes.submit.sparkVersion is not a supported Spark version. Use 3.5 or a newer release, such as 4.2.0.",
                        text);
    }

    @Test
    void staysShortEnoughForLabel() {
        assertThatThrownBy(() -> SparkVersion.parse("4.1.1" + "x".repeat(60)))
                .isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @CsvSource({"4.3.0, false", "4.2.0, false", "3.5, false", "4.4.0, true", "4.12.1, true", "5.0, true"})
    void knowsWhichLinesAreNewer(String text, boolean newer) {
        assertThat(SparkVersion.parse(text).isNewerThanKnown()).isEqualTo(newer);
    }

    @ParameterizedTest
    @CsvSource({
        "spark:4.1.1, 4.1.1",
        "apache/spark:3.5.6-scala2.12-java17-python3-ubuntu, 3.5.6",
        "registry.example.com:5000/team/spark-py:v4.0.1, 4.0.1",
        "spark:4.2.0@sha256:0123456789abcdef, 4.2.0",
        "bitnami/spark:3.5, 3.5",
        "spark:4.4.0, 4.4.0",
        "apache/spark:4.2.0-preview2-java21, 4.2.0-preview2",
        "' spark:4.0.0 ', 4.0.0"
    })
    void isFoundInTheTagOfSparksImages(String image, String version) {
        assertThat(SparkVersion.of(conf(image))).hasToString(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark",
                "spark:latest",
                "acme/spark-jobs:4.1.0",
                "acme/report:3.5.1",
                "spark:2024.1.1",
                "spark:3.4.1",
                "spark:1.2.3",
                "spark:4",
                "spark:4.1.1.7-rc",
                "registry.example.com:4.1/spark",
                "spark:{{SPARK_VERSION}}",
                "spark@sha256:0123456789abcdef",
                ""
            })
    void ambiguousTagLeavesTheDefault(String image) {
        assertThat(SparkVersion.ofImages(conf(image))).isEmpty();
        assertThat(SparkVersion.of(conf(image))).hasToString("4.2.0");
    }

    @Test
    void imageOfTheDriverComesFirstAndTheKeyBeforeBoth() {
        SparkConf conf = conf("spark:4.1.1").with("spark.kubernetes.driver.container.image", "spark:4.0.1");

        assertThat(SparkVersion.of(conf)).hasToString("4.0.1");
        assertThat(SparkVersion.of(conf.with("spark.kubernetes.driver.container.image", "driver:1")))
                .hasToString("4.1.1");
        assertThat(SparkVersion.of(conf.with("spark.kubernetes.submit.sparkVersion", "3.5.6")))
                .hasToString("3.5.6");
    }

    private static SparkConf conf(String image) {
        return SparkConf.empty().with("spark.kubernetes.container.image", image);
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
