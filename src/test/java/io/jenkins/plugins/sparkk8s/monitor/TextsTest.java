package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorSettings;
import io.jenkins.plugins.sparkk8s.monitor.executors.RequestedExecutors;
import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.monitor.progress.ExecutorTotals;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageData;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small texts: made safe, rounded and aligned. */
class TextsTest {

    @Test
    void strangersCanNeitherColourNorForgeALine() {
        assertThat(TextSanitizer.line("a\u001b[1;31mred\u001b[0m\u001b]8;;http://x\u0007link\u001b]8;;\u001b\\b"))
                .isEqualTo("aredlinkb");
        assertThat(TextSanitizer.line("one\r\n[spark] forged\u2028x")).isEqualTo("one [spark] forged x");
        assertThat(TextSanitizer.line("\u202eevil\u0000\u009b2J\u0008\u001bc!")).isEqualTo("evil!");
        assertThat(TextSanitizer.line("tab\tüber 語 😀")).isEqualTo("tab über 語 😀");
    }

    @Test
    void longLinesAreCut() {
        assertThat(TextSanitizer.line("x".repeat(10_000))).hasSizeLessThan(8300).endsWith("… (1808 more characters)");
    }

    @ParameterizedTest
    @CsvSource({"800, 0.8 s", "9000, 9 s", "42000, 42 s", "185000, 3 m 05 s", "600000, 10 m", "7620000, 2 h 07 m"})
    void timesAreReadable(long millis, String text) {
        assertThat(Durations.format(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    void summaryIsAligned() {
        ApplicationSummary summary = new ApplicationSummary(
                new MonitoredApplication("spark", "spark-1", "pi", "pi-driver", null),
                new ApplicationResult(Outcome.FAILED, 3, "The driver ended with exit code 3."),
                new SubmissionTimes(Duration.ofMillis(1200), Duration.ofMillis(300), 2048),
                Duration.ofSeconds(1),
                null,
                Duration.ofSeconds(30),
                RequestedExecutors.of(SparkConf.of(Map.of("spark.executor.instances", "4"))),
                4,
                1,
                new ApplicationCost(
                        new ExecutorTotals(
                                Instant.parse("2026-11-27T03:05:19.266Z"),
                                4,
                                1200,
                                3,
                                60_000,
                                2_400,
                                1 << 20,
                                2048,
                                1024,
                                285_215_216),
                        new StageHistory.Totals(new StageData(0, 4096, 0, 0, 1L << 30), null),
                        new ApplicationCost.ExecutorTime(1_800_000, 60_000, 2, false)));

        assertThat(SummaryTable.lines(summary))
                .containsExactly(
                        "application     pi",
                        "application id  spark-1",
                        "driver pod      spark/pi-driver",
                        "result          FAILED",
                        "exit code       3",
                        "reason          The driver ended with exit code 3.",
                        "staged          1.2 s",
                        "submitted       0.3 s",
                        "scheduled       1 s",
                        "running         30 s",
                        "executors       4 requested, 4 at peak, 1 failed",
                        "tasks           1200 done, 3 failed, 4 % of their time in garbage collections "
                                + "(at 2026-11-27T03:05:19Z, the last figures of the driver)",
                        "data            read 1.0 MiB, written 4.0 KiB, shuffle read 2.0 KiB, shuffle written 1.0 KiB, "
                                + "spilled 1.0 GiB",
                        "used            1.00 core-hours of executors, at most 272.0 MiB of heap in one",
                        "uploaded        2.0 KiB",
                        "hint            1.0 GiB were spilled to disks because memory was short: "
                                + "raise spark.executor.memory or spark.sql.shuffle.partitions.");
    }

    /** Two executors that ran for a few seconds have used more than nothing. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0.0018, 0.002", "0.25, 0.250", "1.064, 1.06"})
    void shortApplicationsHaveUsedSomething(double hours, String text) {
        assertThat(CoreHours.readable(hours)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "EVENT_LOG, (from the event log)",
        "PARTIAL_EVENT_LOG, '(from the event log, which lacks the end of the application)'",
        "DRIVER, '(at 1970-01-01T00:00:00Z, the last figures of the driver)'"
    })
    void summaryNamesTheSourceOfTheFigures(ApplicationCost.Source source, String named) {
        ApplicationSummary summary = new ApplicationSummary(
                new MonitoredApplication("spark", "spark-1", "pi", "pi-driver", null),
                new ApplicationResult(Outcome.SUCCEEDED, 0, ""),
                SubmissionTimes.unknown(),
                null,
                null,
                null,
                RequestedExecutors.of(SparkConf.empty()),
                2,
                0,
                new ApplicationCost(
                        source,
                        new ExecutorTotals(Instant.EPOCH, 2, 10, 0, 1, 0, 0, 0, 0, 0),
                        StageHistory.Totals.NONE,
                        new ApplicationCost.ExecutorTime(1, 1, 1, false)));

        assertThat(SummaryTable.lines(summary)).anyMatch(line -> line.startsWith("tasks ") && line.endsWith(named));
    }

    @Test
    void dynamicAllocationIsNamed() {
        SparkConf dynamic = SparkConf.of(Map.of(
                "spark.dynamicAllocation.enabled", "true",
                "spark.dynamicAllocation.minExecutors", "1",
                "spark.executor.instances", "3",
                "spark.dynamicAllocation.maxExecutors", "8"));

        assertThat(RequestedExecutors.of(dynamic)).hasToString("3 (dynamic, at most 8)");
        assertThat(RequestedExecutors.of(SparkConf.empty())).hasToString("2");
    }

    @Test
    void checksAllContainersByDefaultSinceSpark4() {
        SparkConf old = SparkConf.of(Map.of("spark.kubernetes.submit.sparkVersion", "3.5.6"));

        assertThat(ExecutorSettings.of(old).mapper().checkAllContainers()).isFalse();
        assertThat(ExecutorSettings.of(SparkConf.empty()).mapper().checkAllContainers())
                .isTrue();
    }
}
