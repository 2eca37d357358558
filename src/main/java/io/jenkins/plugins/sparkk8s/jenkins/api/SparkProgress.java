package io.jenkins.plugins.sparkk8s.jenkins.api;

import io.jenkins.plugins.sparkk8s.monitor.progress.ApplicationProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How far the running jobs and stages of an application are, for a script and the remote API. Immutable. */
@ExportedBean(defaultVisibility = SparkApplicationRun.VISIBILITY + 1)
public final class SparkProgress extends SparkTasks {
    private static final long serialVersionUID = 1L;

    private final long at;
    private final long ageMillis;
    private final int jobs;
    private final ArrayList<SparkStageProgress> stages;

    private SparkProgress(ApplicationProgress progress, Instant now) {
        super(progress.tasks());
        this.at = progress.at().toEpochMilli();
        this.ageMillis = Math.max(0, Duration.between(progress.at(), now).toMillis());
        this.jobs = progress.jobs().size();
        this.stages = new ArrayList<>(
                progress.stages().stream().map(SparkStageProgress::new).toList());
    }

    /** @param progress null stays null */
    static SparkProgress of(ApplicationProgress progress, Instant now) {
        return progress == null ? null : new SparkProgress(progress, now);
    }

    /** How old it was when it was asked for. */
    public Duration age() {
        return Duration.ofMillis(ageMillis);
    }

    /** When the driver said so, in milliseconds since 1970. */
    @Exported
    @Whitelisted
    public long getAt() {
        return at;
    }

    /** How many jobs run; at most 100. */
    @Exported
    @Whitelisted
    public int getJobs() {
        return jobs;
    }

    /** Those that run, oldest first; at most 100. */
    @Exported
    @Whitelisted
    public List<SparkStageProgress> getStages() {
        return new ArrayList<>(stages);
    }
}
