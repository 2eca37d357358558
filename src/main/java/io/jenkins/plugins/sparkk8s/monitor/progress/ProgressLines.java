package io.jenkins.plugins.sparkk8s.monitor.progress;

import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import io.jenkins.plugins.sparkk8s.staging.files.ByteSizes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Writes progress to the output, sparingly. Used by tasks of the application's mailbox only. */
final class ProgressLines {
    /** Shortest time between two lines about what runs. */
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    /** A stage that ran for so long has its line when it ends, whatever else was written. */
    private static final Duration LONG_STAGE = Duration.ofSeconds(30);

    private static final Duration SHORT_INTERVAL = Duration.ofSeconds(10);
    private static final int MOST_JOBS = 3;
    private static final int MOST_STAGES = 3;

    private final EventLines lines;
    /** When the last line was written; null before the first. */
    private Instant last;

    private TaskCounts reported = TaskCounts.NONE;

    ProgressLines(EventLines lines) {
        this.lines = lines;
    }

    void missing(String cause) {
        lines.spark("progress of jobs and stages is not shown: " + cause);
    }

    /** Whether the end of a stage is worth a line, for which it is read once more. */
    boolean wantsEnd(StageProgress stage, Instant now) {
        return isOld(SHORT_INTERVAL, now) || runtime(stage.submitted(), now).compareTo(LONG_STAGE) >= 0;
    }

    void stageEnded(StageProgress stage, Instant now) {
        boolean failed = stage.hasFailed();
        String text = "%s %s %s: %s in %s%s"
                .formatted(
                        stage.key(),
                        stage.name(),
                        failed ? "failed" : "done",
                        stage.tasks().text(),
                        Durations.format(
                                runtime(stage.submitted(), stage.completed() == null ? now : stage.completed())),
                        data(stage.data()));
        write(failed && stage.failure() != null ? text + ": " + stage.failure() : text, now);
    }

    /** Writes what runs, when something has moved since and the last line is old enough. */
    void running(ApplicationProgress progress, Instant now) {
        TaskCounts tasks = progress.tasks();
        if (progress.jobs().isEmpty() || tasks.equals(reported) || !isOld(INTERVAL, now)) {
            return;
        }
        reported = tasks;
        progress.jobs().stream().limit(MOST_JOBS).forEach(job -> write(text(job, now), now));
        more(progress.jobs(), MOST_JOBS, "jobs", now);
        progress.stages().stream().limit(MOST_STAGES).forEach(stage -> write(text(stage, now), now));
        more(progress.stages(), MOST_STAGES, "stages", now);
    }

    private void more(List<?> items, int most, String what, Instant now) {
        if (items.size() > most) {
            write("and %d more %s".formatted(items.size() - most, what), now);
        }
    }

    private static String text(JobProgress job, Instant now) {
        return "job %d %s: %s, %d of %d stages done, %s"
                .formatted(
                        job.id(),
                        job.name(),
                        job.tasks().text(),
                        job.stagesDone(),
                        job.stages(),
                        Durations.format(runtime(job.submitted(), now)));
    }

    private static String text(StageProgress stage, Instant now) {
        return "  %s %s: %s, %d running, %s"
                .formatted(
                        stage.key(),
                        stage.name(),
                        stage.tasks().text(),
                        stage.tasks().active(),
                        Durations.format(runtime(stage.submitted(), now)));
    }

    private static String data(StageData data) {
        StringBuilder text = new StringBuilder();
        add(text, "read", data.input());
        add(text, "written", data.output());
        add(text, "shuffle read", data.shuffleRead());
        add(text, "shuffle written", data.shuffleWrite());
        add(text, "spilled to disk", data.spilled());
        return text.toString();
    }

    private static void add(StringBuilder text, String what, long bytes) {
        if (bytes > 0) {
            text.append(", ").append(ByteSizes.readable(bytes)).append(' ').append(what);
        }
    }

    /** The clocks of driver and controller may differ. */
    private static Duration runtime(Instant start, Instant end) {
        return start == null || end.isBefore(start) ? Duration.ZERO : Duration.between(start, end);
    }

    private boolean isOld(Duration age, Instant now) {
        return last == null || Duration.between(last, now).compareTo(age) >= 0;
    }

    private void write(String text, Instant now) {
        last = now;
        lines.progress(text);
    }
}
