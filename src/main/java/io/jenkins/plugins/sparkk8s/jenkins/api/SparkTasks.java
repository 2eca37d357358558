package io.jenkins.plugins.sparkk8s.jenkins.api;

import io.jenkins.plugins.sparkk8s.monitor.progress.TaskCounts;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How far tasks are, for a script and the remote API. Immutable. Public only because properties are read by reflection. */
@ExportedBean(defaultVisibility = SparkApplicationRun.VISIBILITY + 2)
public abstract class SparkTasks implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int tasks;
    private final int tasksDone;
    private final int tasksRunning;
    private final int tasksFailed;
    private final int percent;

    SparkTasks(TaskCounts counts) {
        this.tasks = counts.total();
        this.tasksDone = counts.done();
        this.tasksRunning = counts.active();
        this.tasksFailed = counts.failed();
        this.percent = counts.percent();
    }

    /** Of all that run, those that are done included. */
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

    /** For a log: "12 of 32 tasks done (37 %), 1 failed". */
    @Override
    public String toString() {
        return "%d of %d tasks done (%d %%), %d failed".formatted(tasksDone, tasks, percent, tasksFailed);
    }
}
