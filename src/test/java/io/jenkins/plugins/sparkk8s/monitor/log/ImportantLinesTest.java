package io.jenkins.plugins.sparkk8s.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a driver's log only what reports a problem. */
class ImportantLinesTest {
    private final ImportantLines lines = new ImportantLines(false);

    private List<String> shown(String... log) {
        return Stream.of(log).filter(lines::take).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "26/11/27 16:00:00 WARN TaskSetManager: Lost task 0.0 in stage 0.0",
                "26/11/27 16:00:00 ERROR Executor: Exception in task 1.0",
                "2026-11-27 16:00:00,123 [main] WARN  com.acme.Report - late",
                "2026-11-27T16:00:00.123Z ERROR 1 --- [main] c.a.Report",
                "2026-11-27 16:00:00,123 - report - WARNING - late",
                "WARNING:root:late",
                "[ERROR] no table",
                "ERROR: no table",
                "{\"ts\":\"2026-11-27T16:00:00Z\",\"level\":\"WARN\",\"msg\":\"late\"}",
                "Exception in thread \"main\" java.lang.IllegalStateException: no table",
                "Traceback (most recent call last):"
            })
    void showsAProblem(String line) {
        assertThat(lines.take(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "26/11/27 16:00:00 INFO TaskSetManager: Starting task WARN ERROR",
                "26/11/27 16:00:00 DEBUG Client: ERROR",
                "Pi is roughly 3.14",
                "0 rows with the state ERROR",
                "WARNINGS are off",
                "{\"level\":\"INFO\",\"msg\":\"ERROR\"}",
                "\tat com.acme.Report.main(Report.scala:12)",
                "java.lang.IllegalStateException: printed by the application",
                ""
            })
    void leavesOutWhatIsNone(String line) {
        assertThat(lines.take(line)).isFalse();
    }

    @Test
    void showsTheTraceBehindAProblemAndNothingElseBehindIt() {
        assertThat(shown(
                        "26/11/27 16:00:00 INFO A: x",
                        "java.lang.RuntimeException: of the INFO",
                        "\tat a.B.c(B.java:1)",
                        "26/11/27 16:00:00 ERROR A: y",
                        "java.lang.RuntimeException: of the ERROR",
                        "\tat a.B.c(B.java:2)",
                        "Caused by: java.io.IOException: disk",
                        "\t... 3 more",
                        "plain output",
                        "\tat a.B.c(B.java:3)"))
                .containsExactly(
                        "26/11/27 16:00:00 ERROR A: y",
                        "java.lang.RuntimeException: of the ERROR",
                        "\tat a.B.c(B.java:2)",
                        "Caused by: java.io.IOException: disk",
                        "\t... 3 more");
    }

    /** As Spark's driver prints the failure of a job. */
    @Test
    void showsTheCauseBehindTheStacksOfTaskAndDriver() {
        List<String> log = new ArrayList<>(
                List.of(
                        "Exception in thread \"main\" org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 in stage 0.0 failed 4 times, most recent failure: Lost task 0.3 in stage 0.0 (TID 3) (10.0.0.7 executor 1): java.lang.RuntimeException: boom"));
        stack(log);
        log.addAll(List.of("", "Driver stacktrace:"));
        stack(log);
        log.add("Caused by: java.lang.RuntimeException: boom");
        stack(log);
        log.add("26/11/27 16:00:00 INFO A: x");

        assertThat(shown(log.toArray(new String[0])))
                .contains("Driver stacktrace:", "Caused by: java.lang.RuntimeException: boom")
                .doesNotContain("", "26/11/27 16:00:00 INFO A: x")
                .hasSizeLessThan(50);
    }

    private static void stack(List<String> log) {
        for (int line = 0; line < 30; line++) {
            log.add("\tat org.apache.spark.A.b(A.scala:%d)".formatted(line));
        }
    }

    @Test
    void continuesTheTraceThatAnEarlierReaderHasBegun() {
        ImportantLines resumed = new ImportantLines(true);

        assertThat(resumed.take("\tat a.B.c(B.java:2)")).isTrue();
    }

    @Test
    void countsWhatIsTooMuchForAMinute() {
        long shown = Stream.generate(() -> "26/11/27 16:00:00 WARN A: again")
                .limit(1000)
                .filter(lines::take)
                .count();

        assertThat(shown).isEqualTo(ImportantLines.MOST_A_MINUTE);
        assertThat(lines.leftOut(false)).isZero();
        assertThat(lines.leftOut(true)).isEqualTo(1000 - ImportantLines.MOST_A_MINUTE);
        assertThat(lines.leftOut(true)).isZero();
    }

    @Test
    void aTraceIsBounded() {
        lines.take("26/11/27 16:00:00 ERROR A: y");

        assertThat(Stream.generate(() -> "\tat a.B.c(B.java:2)").limit(1000).filter(lines::take))
                .hasSize(ImportantLines.MOST_BEHIND);
    }
}
