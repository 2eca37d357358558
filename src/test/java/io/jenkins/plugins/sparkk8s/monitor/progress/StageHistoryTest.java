package io.jenkins.plugins.sparkk8s.monitor.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The stages that ran are kept, the longest of very many. */
class StageHistoryTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final StageHistory history = new StageHistory(List.of(), StageHistory.Totals.NONE);

    private static StageProgress stage(int id, String state, Instant submitted, Instant completed) {
        return new StageProgress(
                id,
                0,
                "map",
                state,
                new TaskCounts(10, 5, 1, 0),
                submitted,
                completed,
                new StageData(0, 100, 0, 0, 10),
                null,
                "ACTIVE".equals(state) ? null : new TaskTimes(id, 1_000, 1_000L * id * id));
    }

    private static StageProgress active(int id) {
        return stage(id, "ACTIVE", START.plusSeconds(id), null);
    }

    @Test
    void aStageThatRunsNoMoreHasEnded() {
        history.running(List.of(active(1), active(2)), START.plusSeconds(10));
        history.running(List.of(active(2)), START.plusSeconds(20));

        assertThat(history.recorded())
                .extracting(StageSpan::id, StageSpan::ended)
                .containsExactly(tuple(1, START.plusSeconds(20).toEpochMilli()), tuple(2, null));
    }

    @Test
    void takesTheEndFromTheDriverWhenItIsRead() {
        history.running(List.of(active(1)), START.plusSeconds(10));
        history.running(List.of(), START.plusSeconds(20));
        history.ended(stage(1, "FAILED", START, START.plusSeconds(12)), START.plusSeconds(20));

        assertThat(history.recorded())
                .extracting(StageSpan::ended, StageSpan::failed)
                .containsExactly(tuple(START.plusSeconds(12).toEpochMilli(), true));
    }

    @Test
    void keepsTheLongestOfVeryMany() {
        history.running(List.of(active(1)), START.plusSeconds(2));
        IntStream.range(10, 1000)
                .forEach(id -> history.running(List.of(active(1), active(id)), START.plusSeconds(id + 1)));
        history.over(START.plusSeconds(2000));

        assertThat(history.recorded()).hasSize(StageHistory.MOST);
        assertThat(history.recorded())
                .contains(new StageSpan(
                        1,
                        0,
                        "map",
                        START.plusSeconds(1).toEpochMilli(),
                        START.plusSeconds(2000).toEpochMilli(),
                        10,
                        false));
    }

    @Test
    void resumesFromWhatWasKept() {
        history.running(List.of(active(1)), START.plusSeconds(2));
        StageHistory resumed = new StageHistory(history.recorded(), history.totals());
        resumed.running(List.of(active(1)), START.plusSeconds(90));

        assertThat(resumed.recorded()).isEqualTo(history.recorded());
    }

    @Test
    void addsUpWhatStagesDidThatHaveEnded() {
        IntStream.rangeClosed(1, 1000).forEach(id -> history.running(List.of(active(id)), START.plusSeconds(id)));

        assertThat(history.totals().data()).isEqualTo(new StageData(0, 99_900, 0, 0, 9_990));
        history.over(START.plusSeconds(2000));
        assertThat(history.totals().data()).isEqualTo(new StageData(0, 100_000, 0, 0, 10_000));
    }

    @Test
    void countsNoStageTwiceOverARestart() {
        history.running(List.of(active(1), active(2)), START.plusSeconds(10));
        history.running(List.of(active(2)), START.plusSeconds(20));
        StageHistory resumed = new StageHistory(history.recorded(), history.totals());
        resumed.running(List.of(active(2)), START.plusSeconds(90));
        resumed.over(START.plusSeconds(100));

        assertThat(resumed.totals().data().output()).isEqualTo(200);
    }

    @Test
    void remembersTheMostSkewedStage() {
        for (int id : List.of(3, 9, 5)) {
            history.running(List.of(active(id)), START.plusSeconds(id));
            history.ended(stage(id, "COMPLETE", START, START.plusSeconds(12)), START.plusSeconds(20));
        }

        assertThat(history.totals().skew()).isEqualTo(new TaskTimes(9, 1_000, 81_000));
        assertThat(history.totals().skew().isSkewed()).isTrue();
        assertThat(new TaskTimes(1, 10_000, 40_000).isSkewed()).isFalse();
        assertThat(new TaskTimes(1, 10, 4_000).isSkewed()).isFalse();
    }
}
