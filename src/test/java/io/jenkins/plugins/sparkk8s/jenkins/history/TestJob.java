package io.jenkins.plugins.sparkk8s.jenkins.history;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.Permission;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecords;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationCost;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationState;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import io.jenkins.plugins.sparkk8s.monitor.SubmissionTimes;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import io.jenkins.plugins.sparkk8s.monitor.executors.RequestedExecutors;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageData;
import io.jenkins.plugins.sparkk8s.monitor.progress.StageHistory;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.Authentication;

/** A job without Jenkins, whose builds must not be loaded. */
final class TestJob extends Job<TestJob, TestJob.TestRun> {
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    final Path folder;
    public boolean readable = true;

    TestJob(Path folder) {
        this.folder = folder;
    }

    JobHistory history() {
        return JobHistory.of(this);
    }

    /** A build is there. */
    void build(int number) {
        try {
            Files.createDirectories(folder.resolve("builds/" + number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A build is discarded. */
    void discard(int number) throws IOException {
        Files.delete(folder.resolve("builds/" + number));
    }

    /** An application that took so long ends in a build that is there. */
    HistoryEntry ends(int number, String name, int seconds) {
        return ends(number, name, seconds, Outcome.SUCCEEDED);
    }

    HistoryEntry ends(int number, String name, int seconds, Outcome outcome) {
        build(number);
        HistoryEntry entry = entry(number, name + "-of-" + number, name, seconds, outcome);
        try {
            history().add(List.of(entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entry;
    }

    /** Two seconds of it are staging, three pending, the rest is running. */
    static HistoryEntry entry(int number, String id, String name, int seconds, Outcome outcome) {
        return entry(number, id, name, seconds, outcome, null);
    }

    /** @param queued of the time; null when it was not queued */
    static HistoryEntry entry(int number, String id, String name, int seconds, Outcome outcome, Duration queued) {
        Instant start = START.plusSeconds(1000L * number);
        ApplicationRecord record = new ApplicationRecords()
                .begin(
                        id,
                        "prod",
                        new ApplicationIdentity(
                                "spark-" + number, "name", "config", "service", "local", start.toEpochMilli()),
                        start);
        SubmissionHandle handle = new SubmissionHandle(
                "k8s://https://k8s", "reports", "spark-" + number, name == null ? "" : name, "driver", null, null);
        if (queued != null) {
            record.queued();
            record.leftQueue(queued);
        }
        record.staged(Duration.ofSeconds(2), 2048);
        record.creating(handle, List.of(), Map.of(), DriverLogMode.NONE);
        record.created(
                handle.withDriverPod(new ObjectMetaBuilder()
                        .withUid("uid")
                        .withResourceVersion("17")
                        .build()),
                true);
        record.submitted(Duration.ofMillis(0));
        RequestedExecutors requested = new RequestedExecutors(2, false, 2);
        ApplicationCost cost = new ApplicationCost(
                null,
                new StageHistory.Totals(new StageData(0, 0, 0, 0, 0), null),
                new ApplicationCost.ExecutorTime(seconds * 36_000L, 0, 2, false));
        ApplicationState last = new ApplicationState("Running", requested, 2, 0, 2, 0, null, null, cost);
        record.setStateSource(() -> last);
        record.ended(
                new ApplicationSummary(
                        record.monitored(),
                        new ApplicationResult(outcome, 0, "why", List.of()),
                        SubmissionTimes.unknown(),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(Math.max(0, seconds - 5 - (queued == null ? 0 : queued.toSeconds()))),
                        requested,
                        2,
                        1,
                        null),
                start.plusSeconds(seconds));
        return new HistoryEntry(number, SparkApplicationRun.of(record));
    }

    @Override
    public TestRun getBuildByNumber(int number) {
        throw new AssertionError("build " + number + " is loaded");
    }

    @Override
    public File getRootDir() {
        return folder.toFile();
    }

    @Override
    public String getName() {
        return "nightly";
    }

    @Override
    public ItemGroup<? extends Item> getParent() {
        throw new UnsupportedOperationException("needs Jenkins");
    }

    @Override
    public ACL getACL() {
        return new ACL() {
            @Override
            public boolean hasPermission2(Authentication authentication, Permission permission) {
                return readable;
            }
        };
    }

    /** Only the carrier of a record. */
    static final class TestRun extends Run<TestJob, TestRun> {}
}
