package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.monitor.executors.RequestedExecutors;
import io.jenkins.plugins.sparkk8s.monitor.progress.ApplicationProgress;
import io.jenkins.plugins.sparkk8s.monitor.progress.JobProgress;
import io.jenkins.plugins.sparkk8s.monitor.progress.TaskCounts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The status of a step, as a thread dump shows it. */
class ApplicationStateTest {
    private static ApplicationState state(long pending, ApplicationProgress progress) {
        return new ApplicationState(
                "Running on node-1", new RequestedExecutors(2, false, 2), 2, pending, 2, 0, progress, null, null);
    }

    @Test
    void namesDriverAndExecutors() {
        assertThat(state(0, null)).hasToString("driver Running on node-1, 2 executors running");
        assertThat(state(3, new ApplicationProgress(Instant.EPOCH, List.of(), List.of(), null)))
                .hasToString("driver Running on node-1, 2 executors running, 3 pending");
    }

    @Test
    void namesTheTasksOfRunningJobs() {
        JobProgress job = new JobProgress(1, "count", new TaskCounts(120, 84, 4, 2), 0, 1, null);

        assertThat(state(0, new ApplicationProgress(Instant.EPOCH, List.of(job, job), List.of(), null)))
                .hasToString("driver Running on node-1, 2 executors running, 168 of 240 tasks (70 %), 4 failed");
    }
}
