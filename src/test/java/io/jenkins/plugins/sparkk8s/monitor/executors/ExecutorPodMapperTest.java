package io.jenkins.plugins.sparkk8s.monitor.executors;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.monitor.TestPods;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark's mapping of executor pods to states, and where ours deliberately differs. */
class ExecutorPodMapperTest {
    private static final String SPARK = TestPods.EXECUTOR_CONTAINER;

    private final ExecutorPodMapper all = new ExecutorPodMapper(SPARK, true);
    private final ExecutorPodMapper sparkOnly = new ExecutorPodMapper(SPARK, false);

    private static Pod executor(String phase, ContainerStatus... containers) {
        return TestPods.status(phase, containers).apply(TestPods.executor(7).build());
    }

    private static Pod deleting(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .withDeletionTimestamp("2026-01-01T00:00:50Z")
                .withDeletionGracePeriodSeconds(30L)
                .endMetadata()
                .build();
    }

    private static String label(ExecutorPodMapper mapper, Pod pod) {
        return mapper.map(pod).orElseThrow().label();
    }

    @ParameterizedTest
    @CsvSource({
        "Pending, Pending",
        "pending, Pending",
        "Running, Running",
        "Failed, Failed",
        "Succeeded, Succeeded",
        "Terminating, Terminating",
        "Strange, Unknown"
    })
    void followsThePhase(String phase, String state) {
        assertThat(label(all, executor(phase))).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "Pending, Deleted",
        "Running, Running",
        "Terminating, Terminating",
        "Failed, Deleted",
        "Succeeded, Deleted",
        "Strange, Deleted"
    })
    void deletionWinsOverEveryPhaseButARunningOne(String phase, String state) {
        assertThat(label(all, deleting(executor(phase)))).isEqualTo(state);
    }

    @Test
    void missingStatusOrPhaseIsUnknown() {
        assertThat(label(all, TestPods.executor(1).build())).isEqualTo("Unknown");
        assertThat(label(all, executor(null))).isEqualTo("Unknown");
        assertThat(label(all, deleting(TestPods.executor(1).build()))).isEqualTo("Deleted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXECID", "abc", ""})
    void skipsPodsWithoutAnIdThatIsANumber(String id) {
        Pod pod = TestPods.executor(1)
                .editMetadata()
                .addToLabels(Labels.EXECUTOR_ID, id)
                .endMetadata()
                .build();

        assertThat(all.map(pod)).isEmpty();
        assertThat(all.map(TestPods.driver().build())).isEmpty();
    }

    @Test
    void containersDecideWhileThePodRuns() {
        Pod sidecarFailed = executor("Running", TestPods.running(SPARK), TestPods.terminated("side", 2));

        assertThat(label(all, sidecarFailed)).isEqualTo("Failed");
        assertThat(label(sparkOnly, sidecarFailed)).isEqualTo("Running");
        assertThat(label(sparkOnly, executor("Running", TestPods.terminated(SPARK, 0))))
                .isEqualTo("Succeeded");
        assertThat(label(sparkOnly, executor("Running", TestPods.terminated(SPARK, 1))))
                .isEqualTo("Failed");
    }

    @Test
    void failedContainersDoNotCountWhenThePodRestartsThem() {
        Pod restarting = new PodBuilder(executor("Running", TestPods.running(SPARK), TestPods.terminated("side", 2)))
                .editSpec()
                .withRestartPolicy("Always")
                .endSpec()
                .build();

        assertThat(label(all, restarting)).isEqualTo("Running");
    }

    @Test
    void deletedEventOfARunningPodIsDeleted() {
        ExecutorPodState state =
                all.mapDeleted(executor("Running", TestPods.running(SPARK))).orElseThrow();

        assertThat(state).isInstanceOf(ExecutorPodState.Deleted.class);
        assertThat(state.isFailure()).isFalse();
    }

    /** Each pod is parsed into texts of its own, and a controller keeps ten thousands of them. */
    @Test
    void keepsOneTextForANodeAndForTheContainer() {
        PodFacts one = all.map(onNode("node-7")).orElseThrow().pod();
        PodFacts other = all.map(onNode("node-7")).orElseThrow().pod();

        assertThat(one.node()).isEqualTo("node-7").isSameAs(other.node());
        assertThat(one.log().container()).isEqualTo(SPARK).isSameAs(other.log().container());
    }

    private static Pod onNode(String node) {
        return new PodBuilder(executor("Running", TestPods.running(new String(SPARK))))
                .editSpec()
                .withNodeName(new String(node))
                .endSpec()
                .build();
    }

    @Test
    void podThatLeavesTheSelectionKeepsItsEnd() {
        assertThat(all.mapDeleted(executor("Succeeded", TestPods.terminated(SPARK, 0))))
                .get()
                .isInstanceOf(ExecutorPodState.Succeeded.class);
    }

    @Test
    void endAfterADeletionRequestIsNoFailure() {
        ExecutorPodState killed = all.map(deleting(executor("Running", TestPods.terminated(SPARK, 143))))
                .orElseThrow();
        ExecutorPodState crashed =
                all.map(executor("Failed", TestPods.terminated(SPARK, 143))).orElseThrow();

        assertThat(killed.isFailure()).isFalse();
        assertThat(crashed.isFailure()).isTrue();
    }

    @Test
    void keepsWhatALineNeeds() {
        PodFacts oom = all.map(executor("Failed", TestPods.terminated(SPARK, 137, "OOMKilled", null)))
                .orElseThrow()
                .pod();
        PodFacts waiting = all.map(executor("Pending", TestPods.waiting(SPARK, "ErrImagePull", "no such image")))
                .orElseThrow()
                .pod();
        PodFacts creating = all.map(executor("Pending", TestPods.waiting(SPARK, "ContainerCreating", null)))
                .orElseThrow()
                .pod();

        assertThat(List.of(oom.exitCode(), oom.reason(), oom.node())).isEqualTo(List.of(137, "OOMKilled", "node-1"));
        assertThat(waiting.waitingReason()).isEqualTo("ErrImagePull");
        assertThat(waiting.message()).isEqualTo("no such image");
        assertThat(creating.waitingReason()).isNull();
    }
}
