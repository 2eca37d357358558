package io.jenkins.plugins.sparkk8s.jenkins.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.sparkk8s.jenkins.api.ApplicationStatus;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.Phase;
import io.jenkins.plugins.sparkk8s.jenkins.record.Records;
import io.jenkins.plugins.sparkk8s.jenkins.timeline.English;
import io.jenkins.plugins.sparkk8s.jenkins.timeline.ProgressBar;
import io.jenkins.plugins.sparkk8s.jenkins.timeline.ProgressBars;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationCost;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pages show, as their Jelly files ask for it. */
@ExtendWith(English.class)
class ApplicationOverviewTest {
    private static Map<String, String> facts(ApplicationRecord record) {
        return new ApplicationBox(Records.run(record), 1)
                .getFacts().stream().collect(Collectors.toMap(ApplicationFact::getLabel, ApplicationFact::getText));
    }

    private static ApplicationBox box(ApplicationRecord record) {
        return new ApplicationBox(Records.run(record), 1);
    }

    private static ApplicationOverview overview(List<SparkApplicationRun> runs, boolean building) {
        return new ApplicationOverview(runs, runs.size(), building, "job/x/1/spark/");
    }

    @Test
    void boxOfAFailureHasTheReason() {
        ApplicationRecord record = Records.ended(Outcome.FAILED, 137, "Out of memory.", "line 1", "line 2");

        assertThat(box(record).getStatus()).isEqualTo("Failed");
        assertThat(box(record).getStyle()).hasToString("failure");
        assertThat(box(record).getSummary()).isEqualTo("Out of memory.");
        assertThat(facts(record))
                .containsEntry("Reason", "Out of memory.")
                .containsEntry("Details", "line 1\nline 2")
                .containsEntry("Exit code", "137")
                .containsEntry("Executors", "2 requested, at most 3 at a time, 1 failed")
                .containsEntry("Duration", "3 m 05 s")
                .containsEntry("Time spent on", "staging 1.2 s, submitting 0.3 s, scheduling 2 s, running 2 m 50 s")
                .containsEntry("Uploaded", "2.0 KiB")
                .containsEntry("Application ID", "spark-1234")
                .containsEntry("Driver pod", "reports/daily-driver")
                .containsEntry("Cluster", "prod")
                .doesNotContainKeys("History", "Driver");
    }

    @Test
    void boxOfARunningApplicationHasItsState() {
        ApplicationRecord record = Records.running();
        record.setStateSource(() -> Records.state(2));

        assertThat(box(record).getStatus()).isEqualTo("Running");
        assertThat(box(record).getStyle()).hasToString("running");
        assertThat(facts(record))
                .containsEntry("Driver", "Running on node-1")
                .containsEntry("Executors", "4 requested, 2 running, 1 pending")
                .containsEntry("Duration", "1 m")
                .doesNotContainKeys("Reason", "Exit code");
    }

    private static ProgressBars bars(int stages, long age) {
        ApplicationRecord record = Records.running();
        record.setStateSource(() -> Records.stateWith(Records.progress(Records.START.plusSeconds(60 - age), stages)));
        return box(record).getProgress();
    }

    @Test
    void hasABarForTheApplicationAndEachStage() {
        assertThat(bars(2, 0).getBars())
                .extracting(ProgressBar::getLabel, ProgressBar::getText, ProgressBar::getPercent)
                .containsExactly(
                        tuple("Running job", "84 of 120 tasks (70 %), 2 failed", 70),
                        tuple("Stage 0 map at <b>A.java", "5 of 10 tasks (50 %)", 50),
                        tuple("Stage 1 (attempt 2) map at <b>A.java", "5 of 10 tasks (50 %)", 50));
        assertThat(bars(2, 0).getMore()).isNull();
    }

    @Test
    void hasAtMostFiveBarsOfStages() {
        assertThat(bars(100, 0).getBars()).hasSize(6);
        assertThat(bars(100, 0).getMore()).isEqualTo("and 95 more stages");
    }

    @Test
    void oldFiguresShowTheirAge() {
        assertThat(bars(0, 45).getBars().get(0).getText()).endsWith(", 2 failed, 45 s ago");
    }

    @Test
    void boxHasWhatTheApplicationUsed() {
        ApplicationRecord record = Records.running();
        record.setStateSource(() -> Records.stateWith(Records.cost()));

        assertThat(facts(record))
                .containsEntry("Tasks", "1,200 done, 3 failed, 4 % of their time in garbage collections")
                .containsEntry(
                        "Data",
                        "read 1.0 MiB, written 4.0 KiB, shuffle read 2.0 KiB, shuffle written 1.0 KiB, spilled 1.0 GiB")
                .containsEntry("Used", "1.06 core-hours of executors, at most 272.0 MiB of heap in one")
                .containsEntry(
                        "Hints",
                        "1.0 GiB were spilled to disks because memory was short: raise spark.executor.memory or spark.sql.shuffle.partitions.");
    }

    @ParameterizedTest
    @CsvSource({
        "EVENT_LOG, ' (from the event log)'",
        "PARTIAL_EVENT_LOG, ' (from the event log, which lacks the end of the application)'",
    })
    void boxNamesTheEventLogAsTheSource(ApplicationCost.Source source, String named) {
        ApplicationRecord record = Records.running();
        ApplicationCost cost = Records.cost();
        record.setStateSource(
                () -> Records.stateWith(new ApplicationCost(source, cost.totals(), cost.stages(), cost.executors())));

        assertThat(facts(record).get("Tasks")).endsWith("garbage collections" + named);
        assertThat(Records.run(record).getCost().getSource()).isEqualTo(source.name());
    }

    @Test
    void boxOfAnApplicationThatMovedNoDataHasNoZeros() {
        ApplicationRecord record = Records.running();
        record.setStateSource(() -> Records.stateWith(Records.costWithoutData()));

        assertThat(facts(record)).containsKeys("Tasks", "Used").doesNotContainKey("Data");
    }

    @Test
    void hasNoBarsWithoutProgress() {
        ApplicationRecord record = Records.running();
        assertThat(box(record).getProgress()).isNull();
        record.setStateSource(() -> Records.state(2));
        assertThat(box(record).getProgress()).isNull();
        assertThat(box(Records.ended(Outcome.SUCCEEDED, 0, "x")).getProgress()).isNull();
    }

    @Test
    void boxOfASuccessHasNoReason() {
        ApplicationRecord record = Records.ended(Outcome.SUCCEEDED, 0, "The driver ended with exit code 0.");

        assertThat(box(record).getStyle()).hasToString("success");
        assertThat(facts(record)).doesNotContainKey("Reason").containsEntry("Exit code", "0");
        assertThat(box(record).getSummary()).isEqualTo("reports/daily-driver");
    }

    @Test
    void boxBeforeTheSubmissionNamesWhatThereIs() {
        assertThat(box(Records.begun()).getTitle()).isEqualTo("spark-1234");
        assertThat(box(Records.begun()).getStatus()).isEqualTo("Staging");
        assertThat(box(Records.begun()).getSummary()).isEqualTo("spark-1234");
        assertThat(facts(Records.begun())).containsOnlyKeys("Duration", "Application ID", "Cluster");
    }

    @Test
    void everyEndHasAWord() {
        for (String result : new String[] {"ABORTED", "NOT_SUBMITTED", "DELETED", "LOST", "NEVER_STARTED", "NEW"}) {
            ApplicationRecord record = Records.begun();
            record.ended(result, null, Records.START);
            assertThat(box(record).getStatus().toUpperCase(Locale.ROOT).replace(' ', '_'))
                    .isEqualTo(result);
            assertThat(box(record).getStyle()).hasToString(result.equals("ABORTED") ? "neutral" : "failure");
        }
    }

    @Test
    void everyStateHasAWord() {
        assertThat(Stream.of(Phase.values()).map(phase -> ApplicationStatus.ofState(phase.state(true))))
                .doesNotHaveDuplicates();
        assertThat(new ApplicationBox(SparkApplicationRun.of(Records.running(), false, Records.START), 1).getStatus())
                .isEqualTo("Unknown, the build ended first");
    }

    @Test
    void linkIsAFactOfItsOwn() {
        ApplicationRecord record = Records.running();
        record.historyServer("http://history:18080");

        assertThat(box(record).getFacts())
                .filteredOn(fact -> fact.getHref() != null)
                .singleElement()
                .satisfies(fact -> assertThat(fact.getHref()).isEqualTo("http://history:18080/history/spark-1234/"));
    }

    @Test
    void whatNeverRanHasNoHistory() {
        ApplicationRecord record = Records.running();
        record.historyServer("http://history:18080");
        Records.ended(record, Outcome.NEVER_STARTED, null, "No node has room.");

        assertThat(facts(record)).doesNotContainKey("History");
    }

    @Test
    void fewNeedNoHeading() {
        ApplicationOverview few = overview(List.of(Records.run(Records.running())), true);

        assertThat(few.getHeading()).isNull();
        assertThat(few.isActive()).isTrue();
        assertThat(few.isBusy()).isTrue();
    }

    @Test
    void manyAreCountedAndThoseThatFailedOrRunAreShown() {
        List<SparkApplicationRun> runs = IntStream.rangeClosed(1, 100)
                .mapToObj(i -> {
                    ApplicationRecord record = Records.begun(String.valueOf(i));
                    Records.running(record, "backfill");
                    if (i == 90) {
                        return record;
                    }
                    return Records.ended(record, i == 40 ? Outcome.LOST : Outcome.SUCCEEDED, 0, "x");
                })
                .map(Records::run)
                .toList();

        ApplicationOverview many = overview(runs, true);
        assertThat(many.getHeading()).isEqualTo("100 Spark applications: 1 failed, 1 running, 98 succeeded");
        assertThat(many.getBoxes()).extracting(ApplicationBox::getId).containsExactly("1", "2", "3", "40", "90");
        assertThat(many.getAll()).hasSize(100);
        assertThat(many.getBoxes()).extracting(ApplicationBox::getNumber).containsExactly(1, 2, 3, 40, 90);
        assertThat(many.getNotKept()).isNull();
    }

    @Test
    void nothingIsExpectedWhenAllHasEnded() {
        ApplicationOverview over = overview(List.of(Records.run(Records.ended(Outcome.FAILED, 1, "no"))), false);

        assertThat(over.isActive()).isFalse();
        assertThat(over.isBusy()).isFalse();
    }

    @Test
    void anApplicationThatTheBuildDoesNotWaitForIsExpectedToEnd() {
        ApplicationRecord record = Records.running();
        record.created(record.handle(), false);

        assertThat(overview(List.of(Records.run(record)), false).isActive()).isTrue();
        assertThat(overview(List.of(Records.run(record)), false).isBusy()).isFalse();
    }

    @Test
    void theFirstApplicationOfABuildIsExpectedAtAnyMoment() {
        assertThat(overview(List.of(), true).isBusy()).isTrue();
        assertThat(overview(List.of(), false).isActive()).isFalse();
    }
}
