package io.jenkins.plugins.sparkk8s.monitor.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scheduler's sentence in the words of a user: what is short, where, and which key changes it. */
class SchedulingProblemTest {
    private static SchedulingProblem parse(String message) {
        return SchedulingProblem.parse(message).orElseThrow();
    }

    @Test
    void namesTheResourceThatIsShortAndOnHowManyNodes() {
        SchedulingProblem problem = parse(
                "0/3 nodes are available: 1 node(s) had untolerated taint {dedicated: gpu}, 2 Insufficient memory. preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.");

        assertThat(problem.describe())
                .isEqualTo(
                        "no node has the room: not enough memory on 2, had untolerated taint {dedicated: gpu} on 1 of 3 nodes");
        assertThat(problem.remedy(PodRole.EXECUTOR))
                .contains("spark.executor.memory")
                .contains("spark.kubernetes.executor.podTemplateFile")
                .doesNotContain("cores");
        assertThat(problem.remedy(PodRole.DRIVER)).contains("spark.driver.memory");
    }

    /** Since Kubernetes 1.32 other plugins than the preemption add sentences, too. */
    @Test
    void readsNoSentenceBehindTheReasons() {
        SchedulingProblem problem = parse(
                "0/1 nodes are available: 1 Insufficient memory. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.");

        assertThat(problem.describe()).isEqualTo("no node has the room: not enough memory on 1 of 1 nodes");
        assertThat(problem.remedy(PodRole.EXECUTOR)).contains("spark.executor.memory");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0/5 nodes are available: 5 Insufficient cpu. | spark.kubernetes.executor.request.cores",
                "0/5 nodes are available: 5 node(s) didn't match Pod's node affinity/selector. | spark.kubernetes.executor.node.selector.*",
                "0/5 nodes are available: 2 node(s) didn't match node selector, 3 node(s) were unschedulable. | spark.kubernetes.node.selector.*",
                "0/1 nodes are available: persistentvolumeclaim \"data\" not found. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling. | spark.kubernetes.executor.volumes.*",
                "0/1 nodes are available: 1 node(s) had volume node affinity conflict. | spark.kubernetes.executor.volumes.*",
                "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. | spark.kubernetes.executor.volumes.*",
                "0/1 nodes are available: 1 node(s) had taint {a: b}, that the pod didn't tolerate. | Tolerate the taint",
                "0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules. | affinity",
                "0/1 nodes are available: 1 Too many pods. | Add nodes",
                "0/1 nodes are available: 1 Insufficient nvidia.com/gpu. | Add nodes"
            })
    void namesTheKeyToChange(String message, String remedy) {
        assertThat(parse(message).remedy(PodRole.EXECUTOR)).contains(remedy);
    }

    @Test
    void numbersMakeNoOtherProblem() {
        assertThat(parse("0/3 nodes are available: 3 Insufficient cpu.").key())
                .isEqualTo(
                        parse("0/40 nodes are available: 12 Insufficient cpu.").key())
                .isNotEqualTo(
                        parse("0/3 nodes are available: 3 Insufficient memory.").key());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "no nodes available to schedule pods",
                "0/3 nodes are available: ",
                "skip schedule deleting pod"
            })
    void anythingElseIsLeftAsItIs(String message) {
        assertThat(SchedulingProblem.parse(message)).isEmpty();
    }
}
