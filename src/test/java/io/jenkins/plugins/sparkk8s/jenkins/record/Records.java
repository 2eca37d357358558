package io.jenkins.plugins.sparkk8s.jenkins.record;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationCost;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationState;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import io.jenkins.plugins.sparkk8s.monitor.SubmissionTimes;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import io.jenkins.plugins.sparkk8s.monitor.executors.RequestedExecutors;
import io.jenkins.plugins.sparkk8s.monitor.progress.ApplicationProgress;
import io.jenkins.plugins.sparkk8s.monitor.progress.ExecutorTotals;
import io.jenkins.plugins.sparkk8s.monitor.progress.JobProgress;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageData;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageHistory;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageProgress;
import io.jenkins.plugins.sparkk8s.monitor.progress.TaskCounts;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Applications at the stations of their lives. */
public final class Records {
    public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    public static final ApplicationIdentity IDENTITY =
            new ApplicationIdentity("spark-1234", "name", "config", "service", "local", START.toEpochMilli());

    private Records() {}

    public static ApplicationRecord begun() {
        return begun("1");
    }

    public static ApplicationRecord begun(String id) {
        return new ApplicationRecord(id, "prod", IDENTITY, START);
    }

    public static ApplicationRecord running() {
        return running(begun(), "daily-report");
    }

    public static ApplicationRecord running(ApplicationRecord record, String name) {
        SubmissionHandle planned =
                new SubmissionHandle("k8s://https://k8s", "reports", "spark-1234", name, "daily-driver", null, null);
        record.staging(List.of("hdfs://nn/spark-upload-1"), "", false, Map.of());
        record.staged(Duration.ofMillis(1200), 2048);
        record.creating(
                planned,
                List.of(new ObjectReference("Service", "reports", "daily-svc")),
                Map.of("spark.executor.instances", "2"),
                DriverLogMode.ALL);
        record.created(
                planned.withDriverPod(new ObjectMetaBuilder()
                        .withUid("uid")
                        .withResourceVersion("17")
                        .build()),
                true);
        record.submitted(Duration.ofMillis(300));
        return record;
    }

    public static ApplicationRecord ended(Outcome outcome, Integer exitCode, String reason, String... details) {
        return ended(running(), outcome, exitCode, reason, details);
    }

    public static ApplicationRecord ended(
            ApplicationRecord record, Outcome outcome, Integer exitCode, String reason, String... details) {
        ApplicationResult result = new ApplicationResult(outcome, exitCode, reason, List.of(details));
        record.ended(
                new ApplicationSummary(
                        record.monitored(),
                        result,
                        SubmissionTimes.unknown(),
                        Duration.ofSeconds(2),
                        null,
                        Duration.ofSeconds(170),
                        new RequestedExecutors(2, false, 2),
                        3,
                        1,
                        null),
                START.plusSeconds(185));
        return record;
    }

    /** As it is kept of the oldest of very many. */
    public static void shorten(ApplicationRecord record) {
        record.shorten();
    }

    public static ApplicationState state(long running) {
        return new ApplicationState(
                "Running on node-1", new RequestedExecutors(4, false, 4), running, 1, 3, 0, null, null, null);
    }

    public static ApplicationState stateWith(ApplicationProgress progress) {
        return new ApplicationState(
                "Running on node-1", new RequestedExecutors(4, false, 4), 2, 0, 3, 0, progress, null, null);
    }

    public static ApplicationState stateWith(ApplicationCost cost) {
        return new ApplicationState(
                "Running on node-1", new RequestedExecutors(4, false, 4), 2, 0, 3, 0, null, null, cost);
    }

    public static ApplicationCost cost() {
        return new ApplicationCost(
                new ExecutorTotals(START, 4, 1200, 3, 60_000, 2_400, 1 << 20, 2048, 1024, 285_215_216),
                new StageHistory.Totals(new StageData(0, 4096, 0, 0, 1L << 30), null),
                new ApplicationCost.ExecutorTime(1_900_000, 60_000, 2, false));
    }

    /** Of an application that computes without reading, writing or shuffling. */
    public static ApplicationCost costWithoutData() {
        return new ApplicationCost(
                new ExecutorTotals(START, 4, 12, 0, 60_000, 0, 0, 0, 0, 285_215_216),
                new StageHistory.Totals(new StageData(0, 0, 0, 0, 0), null),
                new ApplicationCost.ExecutorTime(1_900_000, 60_000, 2, false));
    }

    /** One job that runs, and stages that are half done. */
    public static ApplicationProgress progress(Instant at, int stages) {
        JobProgress job = new JobProgress(3, "count", new TaskCounts(120, 84, 4, 2), 1, 2, at);
        return new ApplicationProgress(
                at,
                List.of(job),
                IntStream.range(0, stages)
                        .mapToObj(id -> new StageProgress(
                                id,
                                id == 1 ? 2 : 0,
                                "map at <b>A.java",
                                "ACTIVE",
                                new TaskCounts(10, 5, 1, 0),
                                at,
                                null,
                                new StageData(0, 0, 0, 0, 0),
                                null,
                                null))
                        .toList(),
                null);
    }

    public static SparkApplicationRun run(ApplicationRecord record) {
        return SparkApplicationRun.of(record, true, START.plusSeconds(60));
    }
}
