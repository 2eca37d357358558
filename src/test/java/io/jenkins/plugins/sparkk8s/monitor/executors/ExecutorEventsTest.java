package io.jenkins.plugins.sparkk8s.monitor.executors;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.monitor.TestClock;
import io.jenkins.plugins.sparkk8s.monitor.TestPods;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One line an event, none without news, and only real failures are counted. */
class ExecutorEventsTest {
    private static final String SPARK = TestPods.EXECUTOR_CONTAINER;

    private final TestClock clock = TestClock.startingNow();
    private final List<String> output = new ArrayList<>();
    private final ExecutorEvents events = new ExecutorEvents(
            new EventLines(output::add, SecretMask.none(), clock), clock, ExecutorEvents.Reported.NOTHING, pod -> {});
    private final ExecutorPodMapper mapper = new ExecutorPodMapper(SPARK, true);

    private static Pod executor(long id, String phase, ContainerStatus... containers) {
        return TestPods.status(phase, containers).apply(TestPods.executor(id).build());
    }

    private static Pod running(long id) {
        return executor(id, "Running", TestPods.running(SPARK));
    }

    private void see(Pod... pods) {
        SortedMap<Long, ExecutorPodState> executors = new TreeMap<>();
        for (Pod pod : pods) {
            mapper.map(pod).ifPresent(state -> executors.put(state.pod().executorId(), state));
        }
        events.listed(executors);
        events.count();
    }

    private void change(Pod pod) {
        mapper.map(pod).ifPresent(events::changed);
    }

    @Test
    void printsNothingWithoutChanges() {
        see(executor(1, "Pending"));
        int lines = output.size();
        see(executor(1, "Pending"));
        events.count();

        assertThat(output).hasSize(lines).last().asString().endsWith("0 running, 1 pending (peak 0, failed 0)");
    }

    @Test
    void reportsEveryTransitionOfABatchAndCountsOnce() {
        change(executor(3, "Pending"));
        change(running(3));
        change(executor(3, "Failed", TestPods.terminated(SPARK, 137, "OOMKilled", null)));
        events.count();

        assertThat(output)
                .containsExactly(
                        "[executor 3] Pending (pod pi-exec-3)",
                        "[executor 3] Pending → Running on node-1",
                        "[executor 3] Running → Failed, exit code 137 (SIGKILL, possible container OOM), OOMKilled",
                        "[spark] executors: 0 running, 0 pending (peak 1, failed 1)");
    }

    @Test
    void reportsAWaitingReasonOnceItIsKnown() {
        see(executor(1, "Pending"));
        see(executor(1, "Pending", TestPods.waiting(SPARK, "ErrImagePull", "not found")));
        see(executor(1, "Pending", TestPods.waiting(SPARK, "ErrImagePull", "not found, really")));

        assertThat(output)
                .filteredOn(line -> line.contains("ErrImagePull"))
                .containsExactly("[executor 1] Pending: ErrImagePull: not found");
    }

    @Test
    void reportsAFailedPullOnceThoughTheKubeletRetries() {
        for (int i = 0; i < 3; i++) {
            see(executor(1, "Pending", TestPods.waiting(SPARK, "ErrImagePull", "not found")));
            see(executor(1, "Pending", TestPods.waiting(SPARK, "ImagePullBackOff", "Back-off pulling image \"x\"")));
        }
        see(running(1));

        assertThat(output)
                .filteredOn(line -> line.startsWith("[executor"))
                .containsExactly(
                        "[executor 1] Pending: ErrImagePull: not found (pod pi-exec-1)",
                        "[executor 1] Pending → Running on node-1");
    }

    @Test
    void cleanUpOfAFinishedExecutorIsNoNews() {
        see(running(1));
        see(executor(1, "Succeeded", TestPods.terminated(SPARK, 0)));
        int lines = output.size();
        see();

        assertThat(output).hasSize(lines);
    }

    @Test
    void executorThatVanishedIsDeletedNotFailed() {
        see(running(1));
        see();

        assertThat(output).contains("[executor 1] Running → Deleted (by the driver, a user or the cluster)");
        assertThat(events.counts().failed()).isZero();
    }

    @Test
    void executorsRemovedByTheDriverAtItsEndAreNoFailures() {
        see(running(1), running(2), running(3));
        CompletableFuture<Void> gone = events.driverEnded(null);
        assertThat(gone).isNotDone();
        see(
                executor(1, "Failed", TestPods.terminated(SPARK, 1)),
                new PodBuilder(executor(2, "Pending"))
                        .editMetadata()
                        .withDeletionTimestamp("2026-01-01T00:02:00Z")
                        .endMetadata()
                        .build());

        assertThat(gone).isDone();
        assertThat(events.counts().failed()).isZero();
        assertThat(output)
                .contains(
                        "[executor 1] Running → Failed, exit code 1 (generic, look at logs to clarify) (removed by the driver)",
                        "[executor 2] Running → Deleted (removed by the driver)",
                        "[executor 3] Running → Deleted (removed by the driver)");
    }

    @Test
    void failureThatCameWithTheDriversEndIsTakenBack() {
        see(running(1), running(2));
        see(executor(1, "Failed", TestPods.terminated(SPARK, 1)), running(2));
        assertThat(events.counts().failed()).isEqualTo(1);
        events.driverEnded(Instant.parse(TestPods.FINISHED).minusSeconds(1));

        assertThat(events.counts().failed()).isZero();
    }

    @Test
    void failureBeforeTheDriversEndStays() {
        see(running(1));
        see(executor(1, "Failed", TestPods.terminated(SPARK, 1)));
        events.driverEnded(Instant.parse(TestPods.DRIVER_FINISHED));

        assertThat(events.counts().failed()).isEqualTo(1);
    }

    @Test
    void whatManyWaitForIsNotRepeatedForEach() {
        for (long id = 1; id <= 10; id++) {
            Pod pod = TestPods.executor(id).build();
            events.changed(mapper.map(TestPods.status("Pending").apply(pod)).orElseThrow());
            events.changed(mapper.map(TestPods.unschedulable("0/3 nodes are available: 3 Insufficient cpu.")
                            .apply(pod))
                    .orElseThrow());
        }

        assertThat(output).filteredOn(line -> line.contains("Insufficient cpu")).hasSize(3);
    }
}
