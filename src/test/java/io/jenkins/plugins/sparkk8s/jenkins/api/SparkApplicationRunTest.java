package io.jenkins.plugins.sparkk8s.jenkins.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.Records;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a script and a client of the remote API see of an application. */
class SparkApplicationRunTest {
    /** As {@code echo "${application.cost}"} prints them. */
    @ParameterizedTest
    @ValueSource(classes = {SparkApplicationRun.class, SparkProgress.class})
    void allPartsHaveATextForTheLog(Class<?> type) {
        assertThat(Stream.of(type.getMethods())
                        .map(method -> method.getName().equals("getStages")
                                ? SparkStageProgress.class
                                : method.getReturnType())
                        .filter(part -> part.getPackage() == SparkApplicationRun.class.getPackage())
                        .distinct())
                .isNotEmpty()
                .allSatisfy(part -> assertThat(part.getMethod("toString").getDeclaringClass())
                        .isNotEqualTo(Object.class));
    }

    @Test
    void reportsAFailure() {
        SparkApplicationRun run =
                Records.run(Records.ended(Outcome.FAILED, 3, "The driver ended with exit code 3.", "it broke"));

        assertThat(run.getId()).isEqualTo("1");
        assertThat(run.getName()).isEqualTo("daily-report");
        assertThat(run.getApplicationId()).isEqualTo("spark-1234");
        assertThat(run.getNamespace()).isEqualTo("reports");
        assertThat(run.getDriverPod()).isEqualTo("daily-driver");
        assertThat(run.getCluster()).isEqualTo("prod");
        assertThat(run.getState()).isEqualTo("ended");
        assertThat(run.getResult()).isEqualTo("FAILED");
        assertThat(run.isSuccess()).isFalse();
        assertThat(run.getExitCode()).isEqualTo(3);
        assertThat(run.getCause()).isEqualTo("APPLICATION");
        assertThat(run.getReason()).isEqualTo("The driver ended with exit code 3.");
        assertThat(run.getDetails()).containsExactly("it broke");
        assertThat(run.getStartTime()).isEqualTo(Records.START.toEpochMilli());
        assertThat(run.getEndTime()).isEqualTo(Records.START.plusSeconds(185).toEpochMilli());
        assertThat(run.getDuration()).isEqualTo("3 m 05 s");
        assertThat(run.getDurationMillis()).isEqualTo(185_000);
        assertThat(run.getStagedMillis()).isEqualTo(1200);
        assertThat(run.getSubmittedMillis()).isEqualTo(300);
        assertThat(run.getScheduledMillis()).isEqualTo(2000);
        assertThat(run.getStartedMillis()).isNull();
        assertThat(run.getRunningMillis()).isEqualTo(170_000);
        assertThat(run.getExecutorsRequested()).isEqualTo("2");
        assertThat(run.getPeakExecutors()).isEqualTo(3);
        assertThat(run.getFailedExecutors()).isEqualTo(1);
        assertThat(run.getBytesUploaded()).isEqualTo(2048);
        assertThat(run)
                .hasToString("daily-report (spark-1234): FAILED after 3 m 05 s, exit code 3: "
                        + "The driver ended with exit code 3.");
    }

    @Test
    void onlyAFailureHasACause() {
        assertThat(Records.run(Records.ended(Outcome.SUCCEEDED, 0, "x")).getCause())
                .isNull();
        assertThat(Records.run(Records.ended(Outcome.DELETED, null, "x")).getCause())
                .isEqualTo("STOPPED");
        assertThat(Records.run(Records.running()).getCause()).isNull();
    }

    @Test
    void successNeedsNoReason() {
        assertThat(Records.run(Records.ended(Outcome.SUCCEEDED, 0, "The driver ended with exit code 0.")))
                .hasToString("daily-report (spark-1234): SUCCEEDED after 3 m 05 s, exit code 0");
    }

    @Test
    void countsItsTimeWhileItRuns() {
        SparkApplicationRun run = Records.run(Records.running());

        assertThat(run.getResult()).isNull();
        assertThat(run.getEndTime()).isNull();
        assertThat(run.getDuration()).isEqualTo("1 m");
        assertThat(run).hasToString("daily-report (spark-1234): running after 1 m");
        assertThat(Records.run(Records.begun())).hasToString("spark-1234: staging after 1 m");
    }

    @Test
    void timeOfOneThatIsNotWaitedForEndsWithItsSubmission() {
        ApplicationRecord record = Records.running();
        record.created(record.handle(), false);

        assertThat(Records.run(record).getState()).isEqualTo("deployed");
        assertThat(Records.run(record).getDurationMillis())
                .isEqualTo(Duration.ofMillis(1500).toMillis());
    }

    @Test
    void stateIsUnknownWhenTheBuildEndedFirst() {
        SparkApplicationRun run = SparkApplicationRun.of(Records.running(), false, Records.START.plusSeconds(9));

        assertThat(run.getState()).isEqualTo("unknown");
        assertThat(run.getDuration()).isNull();
    }

    @Test
    void hasTheProgressWhileItIsWatched() {
        ApplicationRecord record = Records.running();
        record.setStateSource(() -> Records.stateWith(Records.progress(Records.START, 2)));
        SparkProgress progress = Records.run(record).getProgress();

        assertThat(progress)
                .returns(1, SparkProgress::getJobs)
                .returns(120, SparkProgress::getTasks)
                .returns(84, SparkProgress::getTasksDone)
                .returns(2, SparkProgress::getTasksFailed)
                .returns(70, SparkProgress::getPercent)
                .returns(Records.START.toEpochMilli(), SparkProgress::getAt);
        assertThat(progress.getStages())
                .extracting(SparkStageProgress::getId, SparkStageProgress::getAttempt, SparkStageProgress::getName)
                .containsExactly(tuple(0, 0, "map at <b>A.java"), tuple(1, 2, "map at <b>A.java"));
        assertThat(Records.run(Records.ended(Outcome.SUCCEEDED, 0, "x")).getProgress())
                .isNull();
    }

    /** A part is one level deeper below the build than what has it. */
    @Test
    void remoteApiHasThePartsOfProgress() {
        assertThat(visibility(SparkProgress.class)).isEqualTo(SparkApplicationRun.VISIBILITY + 1);
        assertThat(visibility(SparkStageProgress.class)).isEqualTo(SparkApplicationRun.VISIBILITY + 2);
    }

    private static int visibility(Class<?> type) {
        return type.getAnnotation(ExportedBean.class).defaultVisibility();
    }

    @Test
    void outlivesARestartOfTheScript() throws Exception {
        ApplicationRecord watched = Records.running();
        watched.setStateSource(() -> Records.stateWith(Records.progress(Records.START, 2)));
        outlivesARestart(Records.run(watched));
        outlivesARestart(Records.run(Records.ended(Outcome.FAILED, 3, "no", "it broke")));
    }

    private static void outlivesARestart(SparkApplicationRun run) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(run);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject())
                    .usingRecursiveComparison()
                    .ignoringFields("timeline")
                    .isEqualTo(run);
        }
    }

    @Test
    void sandboxAndRemoteApiMayReadEveryProperty() {
        List<Method> getters = Stream.of(
                        SparkApplicationRun.class,
                        SparkTimes.class,
                        SparkTasks.class,
                        SparkProgress.class,
                        SparkStageProgress.class,
                        SparkCost.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method ->
                        method.getName().startsWith("get") || method.getName().startsWith("is"))
                .toList();
        assertThat(getters).hasSizeGreaterThan(25).allSatisfy(getter -> {
            assertThat(getter.isAnnotationPresent(Whitelisted.class)).isTrue();
            assertThat(getter.isAnnotationPresent(Exported.class)).isTrue();
        });
        assertThat(Arrays.stream(SparkApplicationRun.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Whitelisted.class))
                        .map(Method::getName))
                .allMatch(name -> name.matches("(get|is)[A-Z].*|toString"));
    }

    @Test
    void scriptCannotChangeIt() {
        SparkApplicationRun run = Records.run(Records.ended(Outcome.FAILED, 3, "no", "it broke"));
        run.getDetails().clear();

        assertThat(run.getDetails()).containsExactly("it broke");
    }
}
