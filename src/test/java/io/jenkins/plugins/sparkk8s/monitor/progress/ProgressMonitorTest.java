package io.jenkins.plugins.sparkk8s.monitor.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is reported of jobs and stages while a driver answers, and when it does not. */
class ProgressMonitorTest extends ProgressMonitorCase {
    @Test
    void reportsTasksOfJobsAndStagesThatMove() {
        ui.job(3, "reduce at StageApp.java:30", 84, 120);
        ui.stage(6, 64, 100);
        running();

        time.pass(MINUTE);

        assertThat(lines)
                .anyMatch(line -> line.startsWith(
                        "[progress] job 3 reduce at StageApp.java:30: 84 of 120 tasks (70 %), 1 of 2 stages done, "))
                .anyMatch(line -> line.startsWith(
                        "[progress]   stage 6 map at StageApp.java:21: 64 of 100 tasks (64 %), 1 failed, 2 running, "));
    }

    @Test
    void writesNoLineWhileNothingMoves() {
        ui.job(3, "count", 10, 100);
        running();
        time.pass(MINUTE);
        int before = lines.size();

        time.pass(Duration.ofMinutes(30));

        assertThat(lines).hasSize(before);
    }

    /** The last task of a skewed stage may run for an hour, in which nothing moves. */
    @Test
    void reportsWhatMovedTooSoonAfterALineWhenTheNextIsDue() {
        ui.job(3, "count", 12, 24);
        ui.stage(6, 0, 12);
        running();
        time.pass(Duration.ofSeconds(10));
        assertThat(lines).anyMatch(line -> line.contains("12 of 24 tasks"));
        ui.job(3, "count", 23, 24);
        ui.stage(6, 11, 12);

        time.pass(MINUTE.multipliedBy(2));

        assertThat(lines)
                .anyMatch(line -> line.contains("23 of 24 tasks (95 %)"))
                .anyMatch(line -> line.contains("11 of 12 tasks (91 %)"));
    }

    @Test
    void writesAtMostEachHalfMinuteHoweverFastTasksEnd() {
        ui.stage(6, 0, 10_000);
        running();
        for (int second = 0; second < 600; second++) {
            ui.job(3, "count", second, 10_000);
            time.pass(Duration.ofSeconds(1));
        }

        assertThat(lines.stream().filter(line -> line.contains("job 3"))).hasSizeBetween(10, 20);
    }

    @Test
    void showsTheNumbersToAUserWhoLooks() {
        ui.job(3, "count", 10, 40);
        ui.stage(6, 10, 30);
        ui.executor("driver", 0, 0, 0, 0);
        ui.executor("1", 100, 2, 60_000, 3_000);
        ui.executor("2", 50, 0, 40_000, 1_000);
        ProgressMonitor monitor = running();
        monitor.look();

        time.pass(MINUTE);

        ApplicationProgress progress = monitor.progress();
        assertThat(progress.tasks()).isEqualTo(new TaskCounts(40, 10, 2, 0));
        assertThat(progress.stages()).extracting(StageProgress::id).containsExactly(6, 103);
        assertThat(progress.totals().executors()).isEqualTo(2);
        assertThat(progress.totals().tasks()).isEqualTo(150);
        assertThat(progress.totals().failedTasks()).isEqualTo(2);
        assertThat(progress.totals().gcPercent()).isEqualTo(4);
        assertThat(progress.totals().peakHeap()).isEqualTo(285_215_216);
    }

    @Test
    void reportsHowAStageEnded() {
        ui.job(3, "count", 1, 40);
        ui.stage(6, 10, 30);
        running();
        time.pass(MINUTE);
        ui.endStage(6, "COMPLETE", 30, 30, null);

        time.pass(MINUTE);

        assertThat(lines)
                .contains("[progress] stage 6 map at StageApp.java:21 done: 30 of 30 tasks (100 %), 1 failed in 1 m, "
                        + "1.0 MiB read, 2.0 KiB shuffle written");
    }

    @Test
    void reportsWhyAStageFailed() {
        ui.stage(6, 10, 30);
        running();
        time.pass(MINUTE);
        ui.endStage(6, "FAILED", 10, 30, "Job aborted due to stage failure: lost task\nDriver stacktrace:\nat x");

        time.pass(Duration.ofMinutes(2));

        assertThat(lines)
                .anyMatch(line -> line.contains("stage 6 map at StageApp.java:21 failed: 10 of 30 tasks")
                        && line.endsWith(": Job aborted due to stage failure: lost task"));
    }

    /** It keeps a limited number of stages, and those of other moments are in its answers. */
    @Test
    void continuesWhenTheDriverHasForgottenAStage() {
        ui.job(3, "count", 10, 40);
        ui.stage(6, 10, 30);
        running();
        time.pass(MINUTE);
        ui.forgetStage(6);
        ui.job(3, "count", 20, 40);

        time.pass(Duration.ofMinutes(4));

        assertThat(ui.requests).anyMatch(path -> path.startsWith("stages/6/0"));
        assertThat(lines).anyMatch(line -> line.contains("20 of 40 tasks"));
    }

    @Test
    void staysSilentWhileTheDriverStartsUp() {
        ui.fail(new UiAnswer.Starting());
        running();
        time.pass(Duration.ofMinutes(10));
        assertThat(lines).isEmpty();

        ui.recover();
        ui.job(3, "count", 10, 40);
        time.pass(Duration.ofMinutes(2));

        assertThat(lines).anyMatch(line -> line.contains("10 of 40 tasks"));
    }

    @Test
    void saysOnceThatTheRightIsMissingAndAsksNoMore() {
        ui.fail(new UiAnswer.Refused("the right to get pods/proxy in namespace ns is missing"));
        running();

        time.pass(Duration.ofHours(1));

        assertThat(lines)
                .containsExactly("[spark] progress of jobs and stages is not shown: the right to get pods/proxy in "
                        + "namespace ns is missing");
        assertThat(ui.requests).hasSize(1);
    }

    @Test
    void saysOnceThatADriverNeverAnswers() {
        ui.fail(new UiAnswer.Unavailable("status 503"));
        running();

        time.pass(Duration.ofHours(1));

        assertThat(lines)
                .containsExactly("[spark] progress of jobs and stages is not shown: the driver's REST API at port 4040 "
                        + "is not available: status 503");
    }

    @Test
    void reportsNoProgressOfADriverThatStoppedAnswering() {
        ui.job(3, "count", 10, 40);
        running();
        time.pass(MINUTE);
        int before = lines.size();
        ui.fail(new UiAnswer.Unavailable("status 503"));

        time.pass(Duration.ofMinutes(10));

        assertThat(lines).hasSize(before);
    }

    @Test
    void saysThatTheUiIsOff() {
        monitor(new DriverUi(4040, false, true), SecretMask.none()).driverRuns();

        time.pass(MINUTE);

        assertThat(lines)
                .containsExactly("[spark] progress of jobs and stages is not shown: spark.ui.enabled is false");
        assertThat(ui.requests).isEmpty();
    }

    @Test
    void hidesSecretsAndControlCharactersOfNames() {
        ui.job(3, "load \u001b[31ms3cretvalue\nforged", 10, 40);
        ProgressMonitor monitor =
                monitor(new DriverUi(4040, true, true), SecretMask.none().and(List.of("s3cretvalue")));
        monitor.driverRuns();

        time.pass(MINUTE);

        assertThat(lines).allMatch(line -> !line.contains("s3cretvalue") && !line.contains("forged"));
        assertThat(monitor.progress().jobs().get(0).name()).doesNotContain("s3cretvalue", "\u001b", "\n");
    }

    @Test
    void showsNoNamesWhenSecretsAreNotKnown() {
        ui.job(3, "load it", 10, 40);
        ProgressMonitor monitor = monitor(new DriverUi(4040, true, true), SecretMask.unknown());
        monitor.driverRuns();

        time.pass(MINUTE);

        assertThat(lines).isNotEmpty().noneMatch(line -> line.contains("load it"));
    }
}
