package io.jenkins.plugins.sparkk8s.jenkins.timeline;

import io.jenkins.plugins.sparkk8s.jenkins.api.SparkProgress;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkStageProgress;
import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The progress of an application in the words of a page. Public only because pages are rendered by reflection. */
public final class ProgressBars {
    /** How many stages have a bar. */
    static final int MOST_STAGES = 5;

    /** Figures that are older say so. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final SparkProgress progress;

    public ProgressBars(SparkProgress progress) {
        this.progress = progress;
    }

    /** The application's own bar, then one for each stage that runs; empty while no job runs. */
    public List<ProgressBar> getBars() {
        List<ProgressBar> bars = new ArrayList<>();
        if (progress.getJobs() > 0) {
            bars.add(new ProgressBar(
                    Messages.Progress_jobs(progress.getJobs()),
                    text(progress.getTasksDone(), progress.getTasks(), progress.getPercent(), progress.getTasksFailed())
                            + age(),
                    progress.getPercent()));
        }
        progress.getStages().stream().limit(MOST_STAGES).map(ProgressBars::bar).forEach(bars::add);
        return bars;
    }

    /** How many stages run besides; null when all have a bar. */
    public String getMore() {
        int more = progress.getStages().size() - MOST_STAGES;
        return more > 0 ? Messages.Progress_more(more) : null;
    }

    private static ProgressBar bar(SparkStageProgress stage) {
        return new ProgressBar(
                StageTitle.of(stage.getId(), stage.getAttempt(), stage.getName()),
                text(stage.getTasksDone(), stage.getTasks(), stage.getPercent(), stage.getTasksFailed()),
                stage.getPercent());
    }

    private static String text(int done, int tasks, int percent, int failed) {
        String text = Messages.Progress_tasks(done, tasks, percent);
        return failed == 0 ? text : text + ", " + Messages.Progress_failed(failed);
    }

    private String age() {
        return progress.age().compareTo(FRESH) < 0
                ? ""
                : ", " + Messages.Progress_age(Durations.format(progress.age()));
    }
}
