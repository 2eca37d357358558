package io.jenkins.plugins.sparkk8s.jenkins.build;

import io.jenkins.plugins.sparkk8s.monitor.progress.StageProgress;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How far a running stage of an application is, for a script and the remote API. Immutable. */
@ExportedBean(defaultVisibility = SparkApplicationRun.VISIBILITY + 2)
public final class SparkStageProgress implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int id;
    private final int attempt;
    private final String name;
    private final int tasks;
    private final int tasksDone;
    private final int tasksRunning;
    private final int tasksFailed;
    private final int percent;

    SparkStageProgress(StageProgress stage) {
        this.id = stage.id();
        this.attempt = stage.attempt();
        this.name = stage.name();
        this.tasks = stage.tasks().total();
        this.tasksDone = stage.tasks().done();
        this.tasksRunning = stage.tasks().active();
        this.tasksFailed = stage.tasks().failed();
        this.percent = stage.tasks().percent();
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

    /** Tasks to do. */
    @Exported
    @Whitelisted
    public int getTasks() {
        return tasks;
    }

    @Exported
    @Whitelisted
    public int getTasksDone() {
        return tasksDone;
    }

    @Exported
    @Whitelisted
    public int getTasksRunning() {
        return tasksRunning;
    }

    /** Attempts that failed. */
    @Exported
    @Whitelisted
    public int getTasksFailed() {
        return tasksFailed;
    }

    /** Of the tasks, rounded down. */
    @Exported
    @Whitelisted
    public int getPercent() {
        return percent;
    }
}
