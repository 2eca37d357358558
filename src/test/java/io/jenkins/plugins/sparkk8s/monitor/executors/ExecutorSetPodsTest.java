package io.jenkins.plugins.sparkk8s.monitor.executors;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.monitor.TestClock;
import io.jenkins.plugins.sparkk8s.monitor.TestPods;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One pod of a set stands for one executor after the other, and for none while it waits for an id. */
class ExecutorSetPodsTest {
    private static final String SPARK = TestPods.EXECUTOR_CONTAINER;
    private static final String WAITING = "EXECID";

    private final TestClock clock = TestClock.startingNow();
    private final List<String> output = new ArrayList<>();
    private final EventLines lines = new EventLines(output::add, SecretMask.none(), clock);
    private final ExecutorEvents events = new ExecutorEvents(lines, clock, ExecutorEvents.Reported.NOTHING, pod -> {});
    private final ExecutorPodMapper mapper = new ExecutorPodMapper(SPARK, true);
    private final ExecutorSetPods pods = new ExecutorSetPods(mapper, lines, false);
    private int version;

    private Pod pod(String name, String executor, String phase, ContainerStatus... containers) {
        version++;
        return TestPods.status(phase, containers)
                .apply(new PodBuilder(TestPods.executor(1).build())
                        .editMetadata()
                        .withName(name)
                        .withUid("uid-" + name)
                        .withResourceVersion(Integer.toString(version))
                        .addToLabels("spark-exec-id", executor)
                        .endMetadata()
                        .editSpec()
                        .withRestartPolicy("Always")
                        .endSpec()
                        .build());
    }

    private Pod running(String name, String executor) {
        return pod(name, executor, "Running", TestPods.running(SPARK));
    }

    /** The container was started again after it had ended. */
    private Pod restarted(String name, String executor, int exitCode) {
        return pod(name, executor, "Running", again(TestPods.running(SPARK), 1, exitCode));
    }

    private static ContainerStatus again(ContainerStatus now, int restarts, int exitCode) {
        return new ContainerStatusBuilder(now)
                .withRestartCount(restarts)
                .withLastState(new ContainerStateBuilder()
                        .withTerminated(
                                TestPods.terminated(SPARK, exitCode).getState().getTerminated())
                        .build())
                .build();
    }

    private void change(Pod pod) {
        pods.changed(pod, mapper.map(pod)).forEach(events::changed);
        pods.report();
        events.waitForId(pods.waiting());
    }

    private void list(Pod... all) {
        SortedMap<Long, ExecutorPodState> executors = new TreeMap<>();
        pods.listed(List.of(all), Integer.toString(version), mapper::map)
                .forEach(state -> executors.put(state.pod().executorId(), state));
        events.waitForId(pods.waiting());
        events.listed(executors);
        pods.report();
    }

    @Test
    void executorsThatWaitForTheirIdArePending() {
        list(pod("a", WAITING, "Pending"), running("b", WAITING));
        events.count();

        assertThat(output)
                .containsExactly(
                        "[spark] executor pod a: Pending",
                        "[spark] executor pod b: Pending",
                        "[spark] executors: 0 running, 2 pending (peak 0, failed 0)");
    }

    @Test
    void podThatGetsItsIdIsOneExecutor() {
        change(pod("a", WAITING, "Pending"));
        change(running("a", WAITING));
        change(running("a", "1"));
        events.count();

        assertThat(output)
                .containsExactly(
                        "[spark] executor pod a: Pending",
                        "[executor 1] Running on node-1 (pod a)",
                        "[spark] executors: 1 running, 0 pending (peak 1, failed 0)");
    }

    @Test
    void reasonWhyAPodDoesNotStartIsNamedOnce() {
        change(pod("a", WAITING, "Pending"));
        change(pod("a", WAITING, "Pending", TestPods.waiting(SPARK, "ErrImagePull", "not found")));
        change(pod("a", WAITING, "Pending", TestPods.waiting(SPARK, "ErrImagePull", "not found")));

        assertThat(output)
                .containsExactly(
                        "[spark] executor pod a: Pending", "[spark] executor pod a: Pending: ErrImagePull: not found");
    }

    @Test
    void podWithANewIdIsOneExecutorThatEndedAndOneThatBegan() {
        change(running("a", "1"));
        change(restarted("a", "2", 137));
        events.count();

        assertThat(output)
                .containsExactly(
                        "[executor 1] Running on node-1 (pod a)",
                        "[executor 1] Running → Failed, exit code 137 (SIGKILL, possible container OOM)",
                        "[executor 2] Running on node-1 (pod a)",
                        "[spark] executors: 1 running, 0 pending (peak 1, failed 1)");
    }

    @Test
    void containerThatIsStartedAgainIsPendingUntilItHasAnId() {
        change(running("a", "1"));
        change(pod("a", "1", "Running", TestPods.terminated(SPARK, 1)));
        change(pod("a", "1", "Running", again(TestPods.waiting(SPARK, "CrashLoopBackOff", "back-off 10s"), 0, 1)));
        change(restarted("a", "1", 1));
        events.count();
        change(restarted("a", "7", 1));
        events.count();

        assertThat(output)
                .containsExactly(
                        "[executor 1] Running on node-1 (pod a)",
                        "[executor 1] Running → Failed, exit code 1 (generic, look at logs to clarify)",
                        "[spark] executor pod a: Pending: CrashLoopBackOff: back-off 10s",
                        "[spark] executors: 0 running, 1 pending (peak 1, failed 1)",
                        "[executor 7] Running on node-1 (pod a)",
                        "[spark] executors: 1 running, 0 pending (peak 1, failed 1)");
    }

    @Test
    void endThatNoEventShowedIsTakenFromTheRestart() {
        change(running("a", "1"));
        change(restarted("a", "1", 0));

        assertThat(output)
                .containsExactly(
                        "[executor 1] Running on node-1 (pod a)",
                        "[executor 1] Running → Succeeded, exit code 0",
                        "[spark] executor pod a: Pending");
        assertThat(events.counts().failed()).isZero();
    }

    @Test
    void listThatMissedTheRestartShowsBothExecutors() {
        list(running("a", "1"), running("b", "2"));
        list(restarted("a", "3", 1), running("b", "2"));
        list(restarted("a", "3", 1), running("b", "2"));

        assertThat(output)
                .containsExactly(
                        "[executor 1] Running on node-1 (pod a)",
                        "[executor 2] Running on node-1 (pod b)",
                        "[executor 1] Running → Failed, exit code 1 (generic, look at logs to clarify)",
                        "[executor 3] Running on node-1 (pod a)");
    }

    @Test
    void podThatIsRemovedWhileItWaitsIsNoExecutor() {
        change(pod("a", WAITING, "Pending"));
        assertThat(pods.deleted(pod("a", WAITING, "Pending"))).isEmpty();
        pods.report();

        assertThat(pods.waiting()).isZero();
        assertThat(output).last().isEqualTo("[spark] executor pod a: Pending → Deleted");
    }

    @Test
    void olderNewsDoesNotTakeTheIdBack() {
        Pod old = pod("a", WAITING, "Pending");
        change(running("a", "1"));
        change(old);

        assertThat(pods.waiting()).isZero();
        assertThat(output).containsExactly("[executor 1] Running on node-1 (pod a)");
    }

    @Test
    void plannedScaleDownIsNotTheUsersDoing() {
        events.describeRemovals(" (most likely scaled down by the driver)");
        change(running("a", "1"));
        Pod gone = new PodBuilder(pod("a", "1", "Running", TestPods.terminated(SPARK, 143)))
                .editMetadata()
                .withDeletionTimestamp("2026-01-01T00:00:30Z")
                .endMetadata()
                .build();
        pods.deleted(gone).forEach(events::changed);

        assertThat(output).last().asString().contains("exit code 143 (SIGTERM)").endsWith("scaled down by the driver)");
        assertThat(events.counts().failed()).isZero();
    }

    @Test
    void podsThatAnEarlierMonitorReportedAreNoNews() {
        ExecutorSetPods resumed = new ExecutorSetPods(mapper, lines, true);
        resumed.listed(List.of(pod("a", WAITING, "Pending")), "1", mapper::map);
        Pod later = pod("b", WAITING, "Pending");
        resumed.changed(later, mapper.map(later));
        resumed.report();

        assertThat(resumed.waiting()).isEqualTo(2);
        assertThat(output).containsExactly("[spark] executor pod b: Pending");
    }

    @Test
    void podsThatTheDriverMakesPassUnchanged() {
        Pod direct = TestPods.status("Running", TestPods.running(SPARK))
                .apply(TestPods.executor(4).build());

        assertThat(pods.changed(direct, mapper.map(direct)))
                .singleElement()
                .isInstanceOf(ExecutorPodState.Running.class);
        assertThat(pods.waiting()).isZero();
    }
}
