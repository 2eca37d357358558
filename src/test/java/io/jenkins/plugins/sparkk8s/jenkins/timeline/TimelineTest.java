package io.jenkins.plugins.sparkk8s.jenkins.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.Records;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationState;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationTimeline;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverSpan;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorCensus;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorHistory;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorSpan;
import io.jenkins.plugins.sparkk8s.monitor.executors.RequestedExecutors;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageSpan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a page shows of an application over time, and what it says in words. */
@ExtendWith(English.class)
class TimelineTest {
    private static final long START = Records.START.toEpochMilli();

    private static long second(long seconds) {
        return START + 1000 * seconds;
    }

    private static ExecutorSpan failed(long id) {
        return new ExecutorSpan(
                id,
                "exec-" + id,
                "node-1",
                second(10),
                second(15),
                second(45),
                ExecutorSpan.End.FAILED,
                137,
                "OOMKilled");
    }

    private static ExecutorSpan running(long id) {
        return new ExecutorSpan(id, "exec-" + id, "node-1", second(10), second(15), null, null, null, null);
    }

    private static ExecutorSpan pending(long id) {
        return new ExecutorSpan(id, "exec-" + id, null, second(10), null, null, null, null, "Unschedulable");
    }

    private static ApplicationTimeline timeline(long total, List<ExecutorSpan> executors) {
        return new ApplicationTimeline(
                new DriverSpan("node-1", second(2), second(3), second(5), null, null),
                new ExecutorHistory.Recorded(
                        executors,
                        List.of(new ExecutorCensus(second(10), 4, 0, 0), new ExecutorCensus(second(15), 1, 2, 1)),
                        total,
                        0,
                        0),
                List.of(
                        new StageSpan(0, 0, "map at App.java:1", second(20), second(30), 100, false),
                        new StageSpan(1, 1, "<b>reduce</b>", second(25), null, 10, true)));
    }

    private static ApplicationRecord record(ApplicationTimeline timeline) {
        ApplicationRecord record = Records.running();
        record.setStateSource(() -> new ApplicationState(
                "Running on node-1", new RequestedExecutors(4, false, 4), 2, 0, 3, 0, null, timeline, null));
        return record;
    }

    /** After a minute. */
    private static Timeline shown(ApplicationRecord record) {
        return Timeline.of(Records.run(record));
    }

    private static Timeline shown(ExecutorSpan... executors) {
        return shown(record(timeline(executors.length, List.of(executors))));
    }

    @Test
    void showsSubmissionDriverStagesAndExecutors() {
        List<TimelineRow> rows = shown(failed(1), running(2), pending(3)).getRows();

        assertThat(rows)
                .extracting(TimelineRow::getText)
                .containsExactly(
                        "Submission: checking 0.5 s, staging 1.2 s, submitting 0.3 s",
                        "Driver: scheduling 1 s, starting 2 s, running 55 s, on node-1",
                        "Stages: Stage 0 map at App.java:1, 100 tasks, 10 s; "
                                + "Stage 1 (attempt 1) <b>reduce</b>, 10 tasks, 35 s, failed",
                        "Executor 1: pending 5 s, running 30 s, failed, exit code 137 (SIGKILL, possible container OOM),"
                                + " OOMKilled, pod exec-1, on node-1",
                        "Executor 2: pending 5 s, running 45 s, pod exec-2, on node-1",
                        "Executor 3: pending 50 s, Unschedulable, pod exec-3");
    }

    @Test
    void barsAreWhereTheTimeIs() {
        TimelineRow executor = shown(failed(1)).getRows().get(3);

        assertThat(executor.getBars())
                .extracting(TimelineBar::getState, TimelineBar::getX, TimelineBar::getWidth)
                .containsExactly(
                        tuple("pending", "16.67%", "8.33%"),
                        tuple("running", "25.00%", "50.00%"),
                        tuple("failed", "75.00%", "1.00%"));
    }

    @Test
    void stagesAtTheSameTimeAreBelowEachOther() {
        assertThat(shown(failed(1)).getRows().get(2).getBars())
                .extracting(TimelineBar::getState, TimelineBar::getLane)
                .containsExactly(tuple("stage", 0), tuple("failed", 1));
    }

    @Test
    void aTableHasTheSame() {
        assertThat(shown(failed(1), pending(3)).getEntries())
                .extracting(
                        TimelineEntry::getName,
                        TimelineEntry::getState,
                        TimelineEntry::getPending,
                        TimelineEntry::getRunning,
                        TimelineEntry::getDetails)
                .containsExactly(
                        tuple("Driver", "running", "3 s", "55 s", "pod daily-driver, on node-1"),
                        tuple(
                                "Executor 1",
                                "failed",
                                "5 s",
                                "30 s",
                                "exit code 137 (SIGKILL, possible container OOM), OOMKilled, pod exec-1, on node-1"),
                        tuple("Executor 3", "pending", "50 s", "", "Unschedulable, pod exec-3"));
    }

    @Test
    void foldsVeryManyExecutorsByState() {
        List<ExecutorSpan> kept = new ArrayList<>(List.of(failed(7)));
        for (long id = 10; id < 49; id++) {
            kept.add(running(id));
        }
        Timeline timeline = shown(record(timeline(2000, kept)));

        assertThat(timeline.getRows())
                .hasSize(4)
                .last()
                .extracting(TimelineRow::getLabel)
                .isEqualTo("Executor 7");
        assertThat(timeline.getAreaLabel()).isEqualTo("2,000 executors");
        assertThat(timeline.getArea().getText()).isEqualTo("at most 2 running and 4 pending at a time, 1 failed");
        assertThat(timeline.getArea().getPending()).isEqualTo("M166.7 100.0V0.0H250.0V25.0H1000.0V100.0Z");
        assertThat(timeline.getArea().getRunning()).isEqualTo("M166.7 100.0V100.0H250.0V50.0H1000.0V100.0Z");
        assertThat(timeline.getEntries()).hasSize(41);
        assertThat(timeline.getMore()).isEqualTo("and 1,960 more executors");
    }

    @Test
    void hasNoAreaForAFewExecutors() {
        assertThat(shown(running(1)).getArea()).isNull();
        assertThat(shown(running(1)).getMore()).isNull();
    }

    @Test
    void scaleIsWritten() {
        assertThat(shown(running(1)).getTicks()).containsExactly("0 s", "15 s", "30 s", "45 s", "1 m");
    }

    @Test
    void isKeptAfterTheEnd() {
        ApplicationRecord record = record(timeline(1, List.of(running(1))));
        Timeline kept = shown(Records.ended(record, Outcome.FAILED, 3, "no"));

        assertThat(kept.getRows())
                .extracting(TimelineRow::getText)
                .contains(
                        "Driver: scheduling 1 s, starting 2 s, running 3 m, Failed, exit code 3, on node-1",
                        "Executor 1: pending 5 s, running 2 m 50 s, pod exec-1, on node-1");
        assertThat(kept.getEntries())
                .extracting(TimelineEntry::getState)
                .containsExactly("Failed, exit code 3", "removed");
    }

    @Test
    void isNotKeptOfAnApplicationInALongList() {
        ApplicationRecord record = record(timeline(1, List.of(running(1))));
        Records.shorten(Records.ended(record, Outcome.FAILED, 3, "no"));

        assertThat(shown(record)).isNull();
    }

    @Test
    void thereIsNoneBeforeTheDriverWasSeen() {
        assertThat(shown(Records.running())).isNull();
        assertThat(shown(record(new ApplicationTimeline(null, null, null)))).isNull();
        assertThat(shown(Records.ended(Outcome.SUCCEEDED, 0, "x"))).isNull();
    }
}
