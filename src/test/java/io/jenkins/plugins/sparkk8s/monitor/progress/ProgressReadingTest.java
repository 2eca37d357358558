package io.jenkins.plugins.sparkk8s.monitor.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the REST API of a driver is read: often only while a user looks, and never more than one request at a time. */
class ProgressReadingTest extends ProgressMonitorCase {
    @Test
    void readsRarelyWhileNothingMoves() {
        ui.job(3, "count", 10, 100);
        running();
        time.pass(Duration.ofMinutes(10));
        int before = ui.requests.size();

        time.pass(Duration.ofHours(1));

        assertThat(ui.requests.size() - before).isBetween(25, 45);
    }

    private long taskLists() {
        return ui.requests.stream().filter(path -> path.contains("/taskList?")).count();
    }

    /** As of the last stage of an application, whose driver ends a moment after it. */
    @Test
    void knowsAStragglerWhoseEndIsNeverRead() {
        ui.job(3, "join", 10, 100);
        ui.straggler(6, 16, 1200, "2026-11-27T03:05:25.266GMT");
        ProgressMonitor monitor = running();
        time.pass(Duration.ofMinutes(10));
        monitor.close();

        TaskTimes skew = monitor.stageTotals().skew();
        assertThat(skew.stage()).isEqualTo(6);
        assertThat(skew.median()).isEqualTo(1200);
        assertThat(skew.longest()).isBetween(450_000L, 600_000L);
        assertThat(skew.isSkewed()).isTrue();
        assertThat(taskLists()).isEqualTo(1);
        assertThat(ui.requests).contains("stages/6/0/taskList?status=running&length=20");
    }

    @Test
    void asksForNoTasksOfStagesThatAreYoungOrBusy() {
        ui.job(3, "join", 10, 100);
        ui.stage(6, 64, 100);
        ui.straggler(7, 16, 1200, "2026-11-27T03:05:20.266GMT");
        running();
        time.pass(Duration.ofSeconds(25));
        assertThat(taskLists()).isZero();
        ui.endStage(7, "COMPLETE", 16, 16, null);

        time.pass(Duration.ofMinutes(10));

        assertThat(taskLists()).isZero();
    }

    @Test
    void tasksThatAreAllDoneMakeNoStraggler() {
        ui.job(3, "join", 10, 100);
        ui.straggler(6, 16, 1200, null);
        ProgressMonitor monitor = running();

        time.pass(Duration.ofMinutes(10));

        assertThat(monitor.stageTotals().skew()).isNull();
    }

    @Test
    void readsLeastWhileNothingRunsAndOftenAgainWhenAJobHasBegun() {
        running();
        time.pass(Duration.ofMinutes(10));
        int before = ui.requests.size();
        time.pass(Duration.ofHours(1));
        int idle = ui.requests.size();
        assertThat(idle - before).isBetween(10, 18);

        for (int minute = 0; minute < 15; minute++) {
            ui.job(3, "count", minute, 100);
            time.pass(MINUTE);
        }

        // The first read comes after up to five minutes and more, and each later one after one or two.
        assertThat(lines.stream().filter(line -> line.contains("job 3"))).hasSizeGreaterThan(4);
    }

    @Test
    void readsNothingWhileTheApiServerDoesNotAnswerAndSoonAfterwards() {
        ProgressMonitor monitor = running();
        time.pass(Duration.ofMinutes(10));
        monitor.pause();
        int before = ui.requests.size();
        monitor.look();
        time.pass(Duration.ofHours(1));
        assertThat(ui.requests).hasSize(before);

        monitor.resume();
        time.pass(Duration.ofSeconds(31));

        assertThat(ui.requests).hasSizeGreaterThan(before);
    }

    @Test
    void readsOftenOnlyWhileAUserLooks() {
        ProgressMonitor monitor = running();
        time.pass(Duration.ofMinutes(10));
        int before = ui.requests.size();

        monitor.look();
        time.pass(Duration.ofSeconds(20));
        int during = ui.requests.size();
        time.pass(Duration.ofSeconds(200));

        // Rounds of three requests, the first at once, the others 2.25 to 3 s after one another.
        assertThat(during - before).isBetween(12, 9 * 3);
        assertThat(ui.requests.size() - during).isLessThan(10);
    }

    @Test
    void makesOneRequestAtATime() {
        ui.hang();
        ProgressMonitor monitor = running();
        for (int i = 0; i < 100; i++) {
            monitor.look();
            time.pass(Duration.ofSeconds(10));
        }

        assertThat(ui.requests).hasSize(1);
    }

    @Test
    void readsNothingOnceTheDriverHasEnded() {
        ProgressMonitor monitor = running();
        time.pass(MINUTE);
        monitor.close();
        int before = ui.requests.size();

        monitor.look();
        time.pass(Duration.ofHours(1));

        assertThat(ui.requests).hasSize(before);
    }

    @Test
    void readsNothingWhenItIsNotWanted() {
        monitor(new DriverUi(4040, true, false), SecretMask.none()).driverRuns();

        time.pass(MINUTE);

        assertThat(lines).isEmpty();
        assertThat(ui.requests).isEmpty();
    }
}
