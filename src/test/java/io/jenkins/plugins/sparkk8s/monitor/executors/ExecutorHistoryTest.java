package io.jenkins.plugins.sparkk8s.monitor.executors;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jenkins.plugins.sparkk8s.monitor.TestPods;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is kept of executors over time is small, has those that failed, and adds up to the time they ran. */
class ExecutorHistoryTest {
    private static final String SPARK = TestPods.EXECUTOR_CONTAINER;
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private final ExecutorPodMapper mapper = new ExecutorPodMapper(SPARK, true);
    private final ExecutorHistory history = new ExecutorHistory(ExecutorHistory.Recorded.NOTHING);

    private static Instant second(long seconds) {
        return CREATED.plusSeconds(seconds);
    }

    private ExecutorPodState state(long id, String phase, ContainerStatus... containers) {
        Pod pod = new PodBuilder(TestPods.executor(id).build())
                .editMetadata()
                .withCreationTimestamp(CREATED.toString())
                .endMetadata()
                .build();
        return mapper.map(TestPods.status(phase, containers).apply(pod)).orElseThrow();
    }

    private ExecutorPodState failed(long id) {
        return state(id, "Failed", TestPods.terminated(SPARK, 137, "OOMKilled", null));
    }

    private static ExecutorCounts counts(long running, long pending) {
        return new ExecutorCounts(running, pending, running, 0);
    }

    @Test
    void takesTimesFromThePod() {
        history.seen(state(1, "Pending"), true, second(3));
        history.seen(state(1, "Running", TestPods.running(SPARK)), false, second(12));
        history.seen(failed(1), false, second(70));

        assertThat(history.recorded(second(80)).executors())
                .containsExactly(new ExecutorSpan(
                        1,
                        "pi-exec-1",
                        "node-1",
                        CREATED.toEpochMilli(),
                        second(10).toEpochMilli(),
                        second(60).toEpochMilli(),
                        ExecutorSpan.End.FAILED,
                        137,
                        "OOMKilled"));
    }

    @Test
    void anExecutorThatVanishedWasRemoved() {
        history.seen(state(1, "Running", TestPods.running(SPARK)), true, second(12));
        history.vanished(1, second(20));
        history.vanished(2, second(20));

        assertThat(history.recorded(second(80)).executors())
                .extracting(ExecutorSpan::end, ExecutorSpan::ended)
                .containsExactly(org.assertj.core.api.Assertions.tuple(
                        ExecutorSpan.End.REMOVED, second(20).toEpochMilli()));
    }

    @Test
    void whatTheDriverEndsIsNoFailure() {
        history.seen(failed(1), true, second(70));
        history.driverEnded(second(60));

        assertThat(history.recorded(second(80)).executors())
                .extracting(ExecutorSpan::end)
                .containsExactly(ExecutorSpan.End.REMOVED);
    }

    @Test
    void keepsThoseThatFailedOfVeryMany() {
        for (int id = 1; id <= 2000; id++) {
            history.seen(state(id, "Running", TestPods.running(SPARK)), true, second(id));
            history.counted(counts(id, 2000 - id), second(id));
        }
        history.seen(failed(1999), false, second(2001));

        ExecutorHistory.Recorded recorded = history.recorded(second(2002));
        assertThat(recorded.total()).isEqualTo(2000);
        assertThat(recorded.executors()).hasSize(ExecutorHistory.MOST_EXECUTORS);
        assertThat(recorded.executors())
                .extracting(ExecutorSpan::id)
                .startsWith(1L, 2L, 3L)
                .endsWith(1999L);
        assertThat(recorded.census()).hasSizeBetween(ExecutorHistory.MOST_MOMENTS / 2, ExecutorHistory.MOST_MOMENTS);
        assertThat(recorded.census().get(recorded.census().size() - 1).running())
                .isEqualTo(2000);
    }

    @Test
    void addsUpTheTimeThatExecutorsRan() {
        history.counted(counts(0, 2), second(0));
        history.counted(counts(2, 0), second(10));
        history.counted(counts(2, 0), second(15));
        history.counted(counts(1, 0), second(40));

        assertThat(history.recorded(second(50)).runMillis()).isEqualTo(70_000);
    }

    private ExecutorHistory resumed(long running) {
        history.counted(counts(running, 0), second(0));
        return new ExecutorHistory(history.recorded(second(10)));
    }

    @Test
    void countsExecutorsThatAreStillThereAfterARestart() {
        ExecutorHistory resumed = resumed(3);
        resumed.counted(counts(2, 0), second(110));

        assertThat(resumed.recorded(second(120)).runMillis()).isEqualTo(30_000 + 200_000 + 20_000);
    }

    @Test
    void countsExecutorsUpToTheEndOfADriverThatEndedWhileNoMonitorWasThere() {
        ExecutorHistory resumed = resumed(3);
        resumed.counted(counts(0, 0), second(3600));
        resumed.driverEnded(second(60));

        assertThat(resumed.recorded(second(3601)).runMillis()).isEqualTo(30_000 + 150_000);
    }

    @Test
    void doesNotGuessWhenExecutorsWentWhileNoMonitorWasThere() {
        ExecutorHistory resumed = resumed(3);
        resumed.counted(counts(0, 0), second(3600));
        resumed.counted(counts(1, 0), second(3700));
        resumed.driverEnded(second(3800));

        assertThat(resumed.recorded(second(3800)).runMillis()).isEqualTo(30_000 + 100_000);
    }
}
