package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.monitor.progress.ExecutorTotals;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageData;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageHistory;
import io.jenkins.plugins.sparkk8s.monitor.progress.TaskTimes;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Hints come where the figures give a cause, and nowhere else. */
class ApplicationCostTest {
    private static final long HOUR = 3_600_000;

    private static ExecutorTotals tasks(long millis, long gcMillis) {
        return new ExecutorTotals(Instant.EPOCH, 4, 100, 0, millis, gcMillis, 0, 0, 0, 0);
    }

    private static ApplicationCost cost(ExecutorTotals totals, long spilled, TaskTimes skew, boolean dynamic) {
        return new ApplicationCost(
                totals,
                new StageHistory.Totals(new StageData(0, 0, 0, 0, spilled), skew),
                new ApplicationCost.ExecutorTime(HOUR, HOUR, 2, dynamic));
    }

    @Test
    void coreHoursAreTimeByCores() {
        assertThat(cost(null, 0, null, false).coreHours()).isEqualTo(2);
    }

    @Test
    void aHealthyApplicationHasNoHint() {
        assertThat(cost(tasks(2 * HOUR, HOUR / 50), 1 << 20, new TaskTimes(1, 20_000, 60_000), false)
                        .hints())
                .isEmpty();
    }

    @Test
    void withoutFiguresThereIsNoHint() {
        assertThat(cost(null, 0, null, false).hints()).isEmpty();
    }

    @Test
    void spillNamesTheMemory() {
        assertThat(cost(tasks(2 * HOUR, 0), 5L << 30, null, false).hints())
                .containsExactly(
                        "5.0 GiB were spilled to disks because memory was short: raise spark.executor.memory or spark.sql.shuffle.partitions.");
    }

    @Test
    void skewNamesTheStage() {
        assertThat(cost(tasks(2 * HOUR, 0), 0, new TaskTimes(6, 10_000, 125_000), false)
                        .hints())
                .containsExactly(
                        "The longest task of stage 6 took at least 2 m 05 s, and half of its tasks at most 10 s: spread the data more evenly; for joins, check spark.sql.adaptive.skewJoin.enabled.");
    }

    @Test
    void muchGarbageCollectionNamesTheMemory() {
        assertThat(cost(tasks(2 * HOUR, HOUR / 2), 0, null, false).hints())
                .containsExactly(
                        "Garbage collections took 25 % of the time in tasks: raise spark.executor.memory or lower spark.executor.cores.");
    }

    @Test
    void idleExecutorsNameTheirNumber() {
        assertThat(cost(tasks(HOUR / 5, 0), 0, null, false).hints())
                .containsExactly(
                        "Tasks ran in 10 % of the time of the executors' cores: lower spark.executor.instances or set spark.dynamicAllocation.enabled.");
        assertThat(cost(tasks(HOUR / 5, 0), 0, null, true).hints())
                .containsExactly(
                        "Tasks ran in 10 % of the time of the executors' cores: lower spark.dynamicAllocation.maxExecutors.");
    }

    @Test
    void aShortApplicationIsNotCalledIdle() {
        ApplicationCost shortOne = new ApplicationCost(
                tasks(1000, 0), StageHistory.Totals.NONE, new ApplicationCost.ExecutorTime(HOUR, 60_000, 2, false));

        assertThat(shortOne.hints()).isEmpty();
    }
}
