package io.jenkins.plugins.sparkk8s.monitor.progress;

import java.time.Instant;
import java.util.List;

/**
 * How far a running application is, as its driver last said. Immutable.
 *
 * @param at when the driver last answered
 * @param jobs those that run, oldest first
 * @param stages those that run, oldest first
 * @param totals sums over its executors; null when not read yet
 */
public record ApplicationProgress(
        Instant at, List<JobProgress> jobs, List<StageProgress> stages, ExecutorTotals totals) {

    public ApplicationProgress {
        jobs = List.copyOf(jobs);
        stages = List.copyOf(stages);
    }

    /** Of all jobs that run. */
    public TaskCounts tasks() {
        return jobs.stream().map(JobProgress::tasks).reduce(TaskCounts.NONE, TaskCounts::plus);
    }
}
