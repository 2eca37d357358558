package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the image had the release that the driver was submitted for. */
class ReportedVersionTest {
    private final List<String> lines = new ArrayList<>();
    private final ReportedVersion output =
            new ReportedVersion(lines::add, SparkConf.empty().with("spark.kubernetes.submit.sparkVersion", "4.1.1"));

    private void log(String text) {
        output.logLine("[driver] | " + text, LogCursor.beginning());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "26/11/27 03:05:10 INFO SparkContext: Running Spark version 4.2.0",
                "{\"ts\":\"x\",\"level\":\"INFO\",\"msg\":\"Running Spark version 4.2.0\",\"logger\":\"SparkContext\"}"
            })
    void imageOfAnotherLineIsAWarningThatNamesTheKey(String line) {
        log(line);

        assertThat(lines)
                .containsExactly(
                        "[driver] | " + line,
                        "[spark] WARNING: the image has Spark 4.2.0, but the driver was submitted as Spark 4.1.1, whose labels, ports and defaults can differ. Set spark.kubernetes.submit.sparkVersion to 4.2.0.");
    }

    @Test
    void onlyTheFirstAnnouncementCounts() {
        log("INFO SparkContext: Running Spark version 4.1.0");
        log("my own line: Running Spark version 3.5.0");

        assertThat(lines).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Running Spark version ",
                "Running Spark version of the year",
                "running",
                "Running Spark version 4"
            })
    void otherTextIsNoVersion(String text) {
        log(text);
        log("INFO SparkContext: Running Spark version 4.0.1");

        assertThat(lines).hasSize(3).last().asString().contains("the image has Spark 4.0.1");
    }
}
