package io.jenkins.plugins.sparkk8s.monitor.progress;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.monitor.pods.Backoff;
import io.jenkins.plugins.sparkk8s.monitor.pods.Jitter;
import io.jenkins.plugins.sparkk8s.monitor.pods.Mailbox;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads from a running driver how far its jobs and stages are, one request at a time, see {@link ReadRounds}. Without an answer the application is monitored as ever, and one
 * line says why there is no progress.
 *
 * <p>Used by tasks of the application's mailbox only, but for {@link #progress} and {@link #look}.
 */
public final class ProgressMonitor {
    /** The web server of a driver starts before its application, and may take its time. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private static final String SUMMARY = "?details=false&withSummaries=true";

    private final MonitorContext context;
    private final DriverUi ui;
    private final UiSource source;
    private final UiAnswers answers;
    private final ProgressLines lines;
    private final StageHistory stages;
    private final Stragglers stragglers = new Stragglers();
    private final ReadRounds rounds;
    private final Backoff unanswered = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(1));

    private Instant start;
    private boolean isReading;
    private boolean isOver;
    private boolean isPaused;
    private boolean missingReported;
    private Mailbox.Timer next;
    private volatile ApplicationProgress progress;

    /**
     * What has been made of the reads.
     *
     * @param missing whether it has been reported that there is no progress to show
     * @param stages that were seen
     * @param totals what those did that have ended
     */
    public record Reported(boolean missing, List<StageSpan> stages, StageHistory.Totals totals) {
        public static final Reported NOTHING = new Reported(false, List.of(), StageHistory.Totals.NONE);

        public Reported {
            stages = stages == null ? List.of() : List.copyOf(stages);
            totals = totals == null ? StageHistory.Totals.NONE : totals;
        }
    }

    /**
     * @param client must not repeat requests by itself
     * @param requests bounds the reads of all applications
     * @param reported by an earlier monitor
     */
    public static ProgressMonitor of(
            MonitorContext context, KubernetesClient client, DriverUi ui, UiRequests requests, Reported reported) {
        ProxiedUi proxied = new ProxiedUi(client, context.application(), ui.port());
        String cluster = client.getMasterUrl().toString();
        return new ProgressMonitor(context, ui, path -> requests.run(cluster, () -> proxied.read(path)), reported);
    }

    /** @param reported by an earlier monitor */
    ProgressMonitor(MonitorContext context, DriverUi ui, UiSource source, Reported reported) {
        this.context = context;
        this.ui = ui;
        this.source = source;
        this.missingReported = reported.missing();
        this.stages = new StageHistory(reported.stages(), reported.totals());
        this.rounds = new ReadRounds(context.clock());
        this.answers = new UiAnswers(context.lines().mask());
        this.lines = new ProgressLines(context.lines());
    }

    /** The driver's container runs; further calls change nothing. */
    public void driverRuns() {
        if (start != null || isOver || !ui.wanted()) {
            return;
        }
        start = context.clock().instant();
        Optional<String> missing = ui.missing();
        if (missing.isPresent()) {
            giveUp(missing.get());
        } else {
            readIn(unanswered.next());
        }
    }

    /** The driver has ended, or nothing is to be read any more. */
    public void close() {
        isOver = true;
        stages.over(context.clock().instant());
        if (next != null) {
            next.cancel();
        }
    }

    /** The API server does not answer: no read begins until {@link #resume}. */
    public void pause() {
        isPaused = true;
        if (next != null) {
            next.cancel();
        }
    }

    /** The API server answers again. */
    public void resume() {
        if (isPaused) {
            isPaused = false;
            unanswered.reset();
            if (start != null && !isReading && !isOver) {
                readIn(rounds.delayAfterOutage());
            }
        }
    }

    /** How far the application is, as last read; null when nothing was. May be called by any thread. */
    public ApplicationProgress progress() {
        return progress;
    }

    /** What the stages did that have ended; may be called by any thread. */
    public StageHistory.Totals stageTotals() {
        return stages.totals();
    }

    /** Sums over the executors, as last read; null when they were not. May be called by any thread. */
    public ExecutorTotals totals() {
        ApplicationProgress last = progress;
        return last == null ? null : last.totals();
    }

    /** A user looks at the progress: for a while it is read more often. May be called by any thread, at will. */
    public void look() {
        context.mailbox().execute(() -> {
            boolean rare = rounds.look();
            if (rare && progress != null && !isReading && !isOver) {
                readIn(Duration.ZERO);
            }
        });
    }

    public Reported reported() {
        return new Reported(missingReported, stages(), stages.totals());
    }

    /** The stages that were seen so far; may be called by any thread. */
    public List<StageSpan> stages() {
        return stages.recorded();
    }

    private void readIn(Duration delay) {
        if (next != null) {
            next.cancel();
        }
        if (!isPaused) {
            next = context.mailbox().schedule(this::read, Jitter.of(delay));
        }
    }

    private void read() {
        next = null;
        if (isReading || isOver) {
            return;
        }
        isReading = true;
        ReadRounds.Read read = rounds.next();
        source.read(read.path())
                .thenAccept(answer -> context.mailbox().execute(() -> {
                    isReading = false;
                    if (!isOver) {
                        take(read, answer);
                    }
                }));
    }

    private void take(ReadRounds.Read read, UiAnswer answer) {
        if (answer instanceof UiAnswer.Content content) {
            unanswered.reset();
            if (read.use() == null) {
                rounds.answered(read, hasChanged(read.path(), content.json()));
            } else {
                read.use().accept(content.json());
            }
            readIn(rounds.delay(progress.jobs().isEmpty() && progress.stages().isEmpty()));
        } else if (answer instanceof UiAnswer.Refused refused) {
            giveUp(refused.cause());
        } else {
            if (answer instanceof UiAnswer.Unavailable unavailable) {
                unavailable(unavailable.cause());
            }
            readIn(unanswered.next());
        }
    }

    private boolean hasChanged(String path, JsonNode json) {
        Instant now = context.clock().instant();
        ApplicationProgress before =
                progress == null ? new ApplicationProgress(now, List.of(), List.of(), null) : progress;
        ApplicationProgress after =
                switch (path) {
                    case ReadRounds.JOBS ->
                        new ApplicationProgress(now, answers.jobs(json), before.stages(), before.totals());
                    case ReadRounds.STAGES ->
                        new ApplicationProgress(now, before.jobs(), answers.stages(json), before.totals());
                    default -> new ApplicationProgress(now, before.jobs(), before.stages(), answers.totals(json, now));
                };
        progress = after;
        endedStage(before.stages(), after.stages(), now).ifPresent(this::readEnd);
        boolean changed =
                !before.jobs().equals(after.jobs()) || !before.stages().equals(after.stages());
        if (path.equals(ReadRounds.JOBS) || !changed) {
            // Unless it has moved since, also what moved too soon after a line to have one.
            lines.running(after, now);
        }
        if (path.equals(ReadRounds.STAGES)) {
            stages.running(after.stages(), now);
            stragglers.times(after.stages(), now).forEach(stages::took);
            stragglers.find(after.stages(), now).ifPresent(this::readStragglers);
        }
        return changed;
    }

    private void readEnd(StageProgress stage) {
        rounds.beside(path(stage) + SUMMARY, json -> {
            StageProgress last = answers.stage(json);
            stages.ended(last, context.clock().instant());
            lines.stageEnded(last, context.clock().instant());
        });
    }

    private void readStragglers(StageProgress stage) {
        rounds.beside(
                path(stage) + SUMMARY,
                json -> stragglers.done(stage.key(), answers.stage(json).times()));
        rounds.beside(path(stage) + "/taskList?status=running&length=" + Stragglers.MOST, json -> {
            stragglers.running(stage.key(), answers.firstLaunch(json));
            stragglers.times(List.of(stage), context.clock().instant()).forEach(stages::took);
        });
    }

    private static String path(StageProgress stage) {
        return "stages/%d/%d".formatted(stage.id(), stage.attempt());
    }

    /** The largest of those that no longer run; one is enough, or an application of many short stages fills the log. */
    private Optional<StageProgress> endedStage(List<StageProgress> before, List<StageProgress> now, Instant time) {
        Set<StageProgress.Key> running =
                now.stream().map(StageProgress::key).collect(Collectors.toCollection(HashSet::new));
        return before.stream()
                .filter(stage -> !running.contains(stage.key()))
                .filter(stage -> lines.wantsEnd(stage, time))
                .max(Comparator.comparingInt(stage -> stage.tasks().total()));
    }

    /** A driver that has answered once ends soon when it does not any more: nothing to report. */
    private void unavailable(String cause) {
        boolean late = Duration.between(start, context.clock().instant()).compareTo(GRACE) >= 0;
        if (progress == null && late) {
            report("the driver's REST API at port %d is not available: %s".formatted(ui.port(), cause));
        }
    }

    private void giveUp(String cause) {
        report(cause);
        close();
    }

    private void report(String cause) {
        if (!missingReported) {
            missingReported = true;
            lines.missing(cause);
        }
    }
}
