package io.jenkins.plugins.sparkk8s.jenkins.api;

import io.jenkins.plugins.sparkk8s.monitor.progress.StageProgress;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How far a running stage of an application is, for a script and the remote API. Immutable. */
@ExportedBean(defaultVisibility = SparkApplicationRun.VISIBILITY + 2)
public final class SparkStageProgress extends SparkTasks {
    private static final long serialVersionUID = 1L;

    private final int id;
    private final int attempt;
    private final String name;

    SparkStageProgress(StageProgress stage) {
        super(stage.tasks());
        this.id = stage.id();
        this.attempt = stage.attempt();
        this.name = stage.name();
    }

    /** Number of the stage in its application. */
    @Exported
    @Whitelisted
    public int getId() {
        return id;
    }

    /** 0 for the first. */
    @Exported
    @Whitelisted
    public int getAttempt() {
        return attempt;
    }

    /** The call that made it; masked, and cut when it is long. */
    @Exported
    @Whitelisted
    public String getName() {
        return name;
    }

    /** For a log: "stage 3 (count at Report.java:40): 12 of 32 tasks done (37 %), 1 failed". */
    @Override
    public String toString() {
        return "stage %d (%s): %s".formatted(id, name, super.toString());
    }
}
