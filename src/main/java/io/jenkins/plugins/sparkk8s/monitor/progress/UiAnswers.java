package io.jenkins.plugins.sparkk8s.monitor.progress;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Reads the answers of a driver's REST API ({@code org.apache.spark.status.api.v1}, the same fields in Spark 3.5 to 4.2). An
 * application writes what is in them: names are masked, made printable and cut, numbers are taken as not negative, and a
 * field that is missing or of another type counts as empty.
 */
final class UiAnswers {
    /** Jobs or stages that are kept of one answer. */
    static final int MOST = 100;

    private static final int LONGEST_NAME = 80;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final SecretMask mask;

    UiAnswers(SecretMask mask) {
        this.mask = mask;
    }

    List<JobProgress> jobs(JsonNode answer) {
        return each(answer, this::job, Comparator.comparingInt(JobProgress::id));
    }

    List<StageProgress> stages(JsonNode answer) {
        return each(answer, this::stage, Comparator.comparingInt(StageProgress::id));
    }

    private JobProgress job(JsonNode job) {
        int skipped = number(job, "numSkippedTasks");
        TaskCounts tasks = new TaskCounts(
                Math.max(0, number(job, "numTasks") - skipped),
                number(job, "numCompletedTasks"),
                number(job, "numActiveTasks"),
                number(job, "numFailedTasks"));
        String description = job.path("description").asText("");
        return new JobProgress(
                number(job, "jobId"),
                name(description.isBlank() ? job.path("name").asText("") : description),
                tasks,
                number(job, "numCompletedStages"),
                Math.max(0, job.path("stageIds").size() - number(job, "numSkippedStages")),
                time(job, "submissionTime"));
    }

    StageProgress stage(JsonNode stage) {
        TaskCounts tasks = new TaskCounts(
                number(stage, "numTasks"),
                number(stage, "numCompleteTasks"),
                number(stage, "numActiveTasks"),
                number(stage, "numFailedTasks"));
        String failure = stage.path("failureReason").asText("");
        return new StageProgress(
                number(stage, "stageId"),
                number(stage, "attemptId"),
                name(stage.path("name").asText("")),
                name(stage.path("status").asText("")),
                tasks,
                time(stage, "submissionTime"),
                time(stage, "completionTime"),
                data(stage),
                failure.isBlank() ? null : line(failure),
                times(stage));
    }

    /** There are as many figures as quantiles, the median in the middle and the largest at the end. */
    private static TaskTimes times(JsonNode stage) {
        JsonNode durations = stage.path("taskMetricsDistributions").path("duration");
        return durations.isEmpty()
                ? null
                : new TaskTimes(
                        number(stage, "stageId"),
                        Math.max(0, durations.path(durations.size() / 2).asLong(0)),
                        Math.max(0, durations.path(durations.size() - 1).asLong(0)));
    }

    /** When the first of these tasks began; null when there are none. */
    Instant firstLaunch(JsonNode tasks) {
        return StreamSupport.stream(tasks.spliterator(), false)
                .map(task -> time(task, "launchTime"))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static StageData data(JsonNode stage) {
        return new StageData(
                bytes(stage, "inputBytes"),
                bytes(stage, "outputBytes"),
                bytes(stage, "shuffleReadBytes"),
                bytes(stage, "shuffleWriteBytes"),
                bytes(stage, "diskBytesSpilled"));
    }

    /** @param at when the answer came */
    ExecutorTotals totals(JsonNode executors, Instant at) {
        ExecutorTotals sum = new ExecutorTotals(at, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (JsonNode executor : executors) {
            boolean isDriver = "driver".equals(executor.path("id").asText());
            sum = new ExecutorTotals(
                    at,
                    sum.executors() + (isDriver ? 0 : 1),
                    sum.tasks() + bytes(executor, "completedTasks"),
                    sum.failedTasks() + bytes(executor, "failedTasks"),
                    sum.taskMillis() + bytes(executor, "totalDuration"),
                    sum.gcMillis() + (isDriver ? 0 : bytes(executor, "totalGCTime")),
                    sum.input() + bytes(executor, "totalInputBytes"),
                    sum.shuffleRead() + bytes(executor, "totalShuffleRead"),
                    sum.shuffleWrite() + bytes(executor, "totalShuffleWrite"),
                    isDriver
                            ? sum.peakHeap()
                            : Math.max(sum.peakHeap(), bytes(executor.path("peakMemoryMetrics"), "JVMHeapMemory")));
        }
        return sum;
    }

    private static <T> List<T> each(JsonNode answer, Function<JsonNode, T> reading, Comparator<T> order) {
        List<T> items = new ArrayList<>();
        for (JsonNode item : answer) {
            if (items.size() == MOST) {
                break;
            }
            items.add(reading.apply(item));
        }
        items.sort(order);
        return items;
    }

    private static int number(JsonNode object, String field) {
        return (int) Math.min(Integer.MAX_VALUE, bytes(object, field));
    }

    private static long bytes(JsonNode object, String field) {
        return Math.max(0, object.path(field).asLong(0));
    }

    private static Instant time(JsonNode object, String field) {
        try {
            return TIME.parse(object.path(field).asText(""), Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A secret may span lines, so it is hidden before the first one is taken. */
    private String line(String text) {
        return TextSanitizer.line(
                mask.maskUntrusted(text).strip().lines().findFirst().orElse(""));
    }

    private String name(String text) {
        String name = line(text);
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }
}
