package io.jenkins.plugins.sparkk8s.jenkins.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecords;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader sees of the runs of an application. */
class HistorySeriesTest {
    private static HistoryEntry entry(int build, String name, int seconds, Outcome outcome) {
        return TestJob.entry(build, "id-" + build, name, seconds, outcome);
    }

    /** Builds 1, 2, 3, ... that took so many seconds. */
    private static HistorySeries daily(int... seconds) {
        List<HistoryEntry> entries = new ArrayList<>();
        for (int i = 0; i < seconds.length; i++) {
            entries.add(entry(i + 1, "daily", seconds[i], Outcome.SUCCEEDED));
        }
        return series(entries.toArray(HistoryEntry[]::new)).get(0);
    }

    private static List<HistorySeries> series(HistoryEntry... entries) {
        return HistorySeries.of(Arrays.asList(entries), 50, "job/nightly/");
    }

    private static HistoryRow latest(HistorySeries series) {
        return series.getRows().get(0);
    }

    @Test
    void aRunThatTakesTwiceAsLongIsMarkedInWords() {
        HistorySeries series = daily(60, 62, 58, 130);

        assertThat(latest(series).getMark()).isEqualTo("2.2 times as long as usual");
        assertThat(latest(series).getNote())
                .isEqualTo(
                        "2.2 times as long as the median of the 3 successful runs before, 1 m; most of it running: 2 m"
                                + " 05 s instead of 55 s");
        assertThat(series.getWarning()).startsWith("#4 took 2.2 times as long").endsWith("55 s.");
        assertThat(series.getChart().getText())
                .isEqualTo("4 runs, from #1 to #4, longest 2 m 10 s, one at least twice as long as usual");
        assertThat(series.getChart().getBars().get(3).getRow().isSlow()).isTrue();
        assertThat(series.getChart().getBars().get(3).getRow().getTitle())
                .contains("#4, Succeeded, 2 m 10 s", "2.2 times");
    }

    @Test
    void theSecondRunIsComparedWithTheFirst() {
        assertThat(latest(daily(30, 65)).getNote()).contains("as the successful run before, 30 s");
    }

    @ParameterizedTest
    @CsvSource({"'60'", "'60,119'", "'60,20'", "'3,7'", "'60,130,61'"})
    void otherRunsAreNotMarked(String seconds) {
        HistorySeries series = daily(
                Arrays.stream(seconds.split(",")).mapToInt(Integer::parseInt).toArray());

        assertThat(latest(series).isSlow()).isFalse();
        assertThat(latest(series).getMark()).isNull();
        assertThat(latest(series).getNote()).isNull();
        assertThat(series.getWarning()).isNull();
    }

    /** One that fails at once is quick for another cause. */
    @Test
    void failedRunsAreNoMeasure() {
        HistorySeries series = series(
                        entry(1, "daily", 60, Outcome.SUCCEEDED),
                        entry(2, "daily", 6, Outcome.FAILED),
                        entry(3, "daily", 6, Outcome.FAILED),
                        entry(4, "daily", 6, Outcome.FAILED),
                        entry(5, "daily", 61, Outcome.SUCCEEDED))
                .get(0);

        assertThat(latest(series).isSlow()).isFalse();
    }

    /** It waited for others, and was as fast as usual then. */
    @Test
    void timeInTheQueueDoesNotCount() {
        HistorySeries series = series(
                        entry(1, "daily", 60, Outcome.SUCCEEDED),
                        TestJob.entry(2, "id", "daily", 260, Outcome.SUCCEEDED, Duration.ofSeconds(200)))
                .get(0);

        assertThat(latest(series).isSlow()).isFalse();
        assertThat(latest(series).getQueued()).isEqualTo("3 m 20 s");
        assertThat(latest(series).getDuration()).isEqualTo("4 m 20 s");
        assertThat(latest(series).getTitle()).contains("queued 3 m 20 s, staging 2 s");
        assertThat(series.getChart().getBars().get(1).getParts())
                .extracting(HistoryBar.Part::getKind)
                .containsExactly("queued", "staging", "pending", "running");
    }

    @Test
    void namesTheRunsThatBelongTogether() {
        List<HistorySeries> all = series(
                entry(1, "daily-1", 60, Outcome.SUCCEEDED),
                entry(1, "other", 60, Outcome.SUCCEEDED),
                entry(2, "daily-2", 130, Outcome.SUCCEEDED),
                entry(3, "other", 60, Outcome.LOST));

        assertThat(all).extracting(HistorySeries::getName).containsExactly("other", "daily-2");
        assertThat(all.get(1).getRows()).hasSize(2);
        assertThat(all.get(1).getWarning()).isNotNull();
    }

    /** It failed before it was given one. */
    @Test
    void oneWithoutANameIsShown() {
        ApplicationRecord record = new ApplicationRecords()
                .begin(
                        "id",
                        "prod",
                        new ApplicationIdentity("spark-1", "name", "config", "service", "local", 0),
                        TestJob.START);
        record.ended("NOT_SUBMITTED", "no", TestJob.START.plusSeconds(1));

        assertThat(series(new HistoryEntry(1, SparkApplicationRun.of(record))))
                .singleElement()
                .returns("Without a name", HistorySeries::getName);
    }

    @ParameterizedTest
    @CsvSource({
        "daily-17, 17, daily-#",
        "17, 17, #",
        "run 17 of 17, 17, run # of #",
        "daily-170, 17, daily-170",
        "query17, 17, query17",
        "2017-17, 17, 2017-#",
        "117-17, 17, 117-#",
        "daily, 17, daily"
    })
    void theNumberOfTheBuildIsNoPartOfAName(String name, int build, String series) {
        assertThat(SeriesName.of(name, build)).isEqualTo(series);
    }

    @Test
    void rowsHaveAllFigures() {
        HistoryRow row = latest(series(entry(12, "daily", 60, Outcome.FAILED)).get(0));

        assertThat(row.getUrl()).isEqualTo("job/nightly/12/");
        assertThat(row.getResult()).isEqualTo("Failed");
        assertThat(row.getStyle()).isEqualTo("failure");
        assertThat(List.of(row.getDuration(), row.getStaging(), row.getPending(), row.getRunning()))
                .containsExactly("1 m", "2 s", "3 s", "55 s");
        assertThat(row.getExecutors()).isEqualTo("2 of 2, 1 failed");
        assertThat(row.getUploaded()).isEqualTo("2.0 KiB");
        assertThat(row.getCoreHours()).isEqualTo("1.20");
    }

    @Test
    void barsAreAsHighAsTheirTimes() {
        HistoryChart chart = daily(50, 100).getChart();

        List<HistoryBar.Part> half = chart.getBars().get(0).getParts();
        assertThat(half).extracting(HistoryBar.Part::getKind).containsExactly("staging", "pending", "running");
        assertThat(half.get(2).getY()).isEqualTo("50.00%");
        assertThat(half.get(2).getHeight()).isEqualTo("45.00%");
        assertThat(chart.getBars().get(1).getParts().get(2).getY()).isEqualTo("0.00%");
        assertThat(chart.getLongest()).isEqualTo("longest 1\u00a0m\u00a040\u00a0s");
        assertThat(chart.getCoreHours().get(0).getParts().get(0).getHeight()).isEqualTo("50.00%");
        assertThat(chart.getMost()).isEqualTo("most 2.00 core-hours");
    }

    @Test
    void showsTheLastRunsAndComparesThemWithAll() {
        List<HistoryEntry> entries = new ArrayList<>();
        for (int build = 1; build <= 20; build++) {
            entries.add(entry(build, "daily", build == 20 ? 200 : 60, Outcome.SUCCEEDED));
        }
        HistorySeries series = HistorySeries.of(entries, 2, "job/nightly/").get(0);

        assertThat(series.getRows()).extracting(HistoryRow::getLabel).containsExactly("#20", "#19");
        assertThat(latest(series).getNote()).contains("median of the 10 successful runs");
        assertThat(series.getChart().getBars()).hasSize(2);
    }
}
