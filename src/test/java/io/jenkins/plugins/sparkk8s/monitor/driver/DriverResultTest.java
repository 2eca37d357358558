package io.jenkins.plugins.sparkk8s.monitor.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jenkins.plugins.sparkk8s.monitor.TestPods;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Cause;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The result is what the pod says, and nothing unknown is a success. */
class DriverResultTest {
    private static final String SPARK = TestPods.DRIVER_CONTAINER;
    private static final DriverContainer CONTAINER = new DriverContainer(null);

    private static Pod driver(String phase, ContainerStatus... containers) {
        return TestPods.status(phase, containers).apply(TestPods.driver().build());
    }

    private static Pod deletedAt(Pod pod, String time, long grace) {
        return new PodBuilder(pod)
                .editMetadata()
                .withDeletionTimestamp(time)
                .withDeletionGracePeriodSeconds(grace)
                .endMetadata()
                .build();
    }

    private static ApplicationResult result(Pod pod) {
        return DriverResult.of(pod, false, CONTAINER).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending", "Running", "Unknown", ""})
    void isOpenWhileTheDriverMayBeAtWork(String phase) {
        assertThat(DriverResult.of(driver(phase, TestPods.running(SPARK)), false, CONTAINER))
                .isEmpty();
        assertThat(DriverResult.of(TestPods.driver().build(), false, CONTAINER)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, SUCCEEDED, The driver exited with code 0.",
        "1, FAILED, 'The driver ended with exit code 1 (generic, look at logs to clarify).'",
        "7, FAILED, The driver ended with exit code 7.",
        "11, FAILED, 'The driver ended with exit code 11 (too many executors failed, see spark.executor.maxNumFailures).'"
    })
    void exitOfTheSparkContainerDecides(int code, Outcome outcome, String reason) {
        ApplicationResult running =
                result(driver("Running", TestPods.terminated(SPARK, code), TestPods.running("side")));
        ApplicationResult ended = result(driver(code == 0 ? "Succeeded" : "Failed", TestPods.terminated(SPARK, code)));

        assertThat(running).isEqualTo(ended);
        assertThat(ended.outcome()).isEqualTo(outcome);
        assertThat(ended.exitCode()).isEqualTo(code);
        assertThat(ended.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "1, Error, APPLICATION",
        "137, OOMKilled, APPLICATION",
        "137, ContainerStatusUnknown, INFRASTRUCTURE",
        "128, StartError, CONFIGURATION"
    })
    void exitCodeDeterminesTheCause(int code, String reason, Cause cause) {
        assertThat(result(driver("Failed", TestPods.terminated(SPARK, code, reason, null)))
                        .cause())
                .isEqualTo(cause);
    }

    @ParameterizedTest
    @CsvSource({
        "Evicted, The node was low on resource: memory. , INFRASTRUCTURE",
        "Evicted, Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. , CONFIGURATION",
        "Evicted, Container x exceeded its local ephemeral storage limit 1Gi. , CONFIGURATION",
        "Preempting, Preempted in order to admit critical pod, INFRASTRUCTURE",
        "Terminated, Pod was terminated in response to imminent node shutdown. , INFRASTRUCTURE",
        "OutOfcpu, Pod was rejected: Node didn't have enough resource: cpu, INFRASTRUCTURE",
        "DeadlineExceeded, Pod was active on the node longer than the specified deadline, STOPPED"
    })
    void reasonOfThePodDeterminesTheCause(String reason, String message, Cause cause) {
        Pod bare = TestPods.failed(reason, message).apply(TestPods.driver().build());
        Pod killed = new PodBuilder(bare)
                .editStatus()
                .withContainerStatuses(TestPods.terminated(SPARK, 137))
                .endStatus()
                .build();

        assertThat(result(bare).cause()).isEqualTo(cause);
        assertThat(result(killed).cause()).isEqualTo(cause);
    }

    /** The kubelet's messages end with a full stop and a blank. */
    @Test
    void messageOfTheKubeletEndsWithOneFullStop() {
        Pod evicted = TestPods.failed("Evicted", "The node was low on resource: memory. ")
                .apply(TestPods.driver().build());

        assertThat(result(evicted).reason())
                .contains("Evicted: The node was low on resource: memory")
                .doesNotContain("..", ". .");
    }

    @Test
    void deletionIsSomebodysUnlessTheClusterSaysItIsItsOwn() {
        Pod running = driver("Running", TestPods.running(SPARK));
        Pod preempted = new PodBuilder(running)
                .editStatus()
                .addNewCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .withReason("PreemptionByScheduler")
                .endCondition()
                .endStatus()
                .build();
        Pod onLostNode = new PodBuilder(running)
                .editStatus()
                .withReason("NodeLost")
                .endStatus()
                .build();

        assertThat(DriverResult.of(running, true, CONTAINER).orElseThrow().cause())
                .isEqualTo(Cause.STOPPED);
        assertThat(result(deletedAt(driver("Failed", TestPods.terminated(SPARK, 143)), "2026-01-01T00:01:50Z", 30))
                        .cause())
                .isEqualTo(Cause.STOPPED);
        assertThat(DriverResult.of(preempted, true, CONTAINER).orElseThrow().cause())
                .isEqualTo(Cause.INFRASTRUCTURE);
        assertThat(DriverResult.of(onLostNode, true, CONTAINER).orElseThrow().cause())
                .isEqualTo(Cause.INFRASTRUCTURE);
        assertThat(DriverResult.ofMissing(
                                running, new MonitoredApplication("default", "spark-1", "pi", "pi-driver", "uid"))
                        .cause())
                .isEqualTo(Cause.UNKNOWN);
    }

    @Test
    void failureOfAnInitContainerIsTheApplications() {
        Pod pod = new PodBuilder(driver("Failed", TestPods.waiting(SPARK, "PodInitializing", null)))
                .editStatus()
                .withInitContainerStatuses(TestPods.terminated("fetch", 4))
                .endStatus()
                .build();

        assertThat(result(pod).cause()).isEqualTo(Cause.APPLICATION);
        assertThat(result(driver("Failed")).cause()).isEqualTo(Cause.INFRASTRUCTURE);
    }

    @Test
    void failedSidecarDoesNotSpoilASuccess() {
        assertThat(result(driver("Failed", TestPods.terminated(SPARK, 0), TestPods.terminated("side", 1)))
                        .outcome())
                .isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void saysWhatToDoAboutOutOfMemory() {
        assertThat(result(driver("Failed", TestPods.terminated(SPARK, 137, "OOMKilled", null)))
                        .reason())
                .contains("137 (SIGKILL, possible container OOM), reason OOMKilled", "spark.driver.memoryOverhead");
    }

    @Test
    void cleanExitOfAnEvictedPodIsNoSuccess() {
        Pod evicted = new PodBuilder(driver("Failed", TestPods.terminated(SPARK, 0)))
                .editStatus()
                .withReason("Evicted")
                .endStatus()
                .build();

        assertThat(result(evicted).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result(evicted).exitStatus()).isEqualTo(1);
    }

    @Test
    void podReasonDecidesWithoutContainerStatuses() {
        ApplicationResult result = result(TestPods.failed("Evicted", "The node was low on resource: memory.")
                .apply(TestPods.driver().build()));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.exitCode()).isNull();
        assertThat(result.reason()).contains("Evicted: The node was low on resource: memory.");
        assertThat(result(driver("Succeeded")).isSuccess()).isTrue();
    }

    @Test
    void namesTheInitContainerThatFailed() {
        Pod pod = new PodBuilder(driver("Failed", TestPods.waiting(SPARK, "PodInitializing", null)))
                .editStatus()
                .withInitContainerStatuses(TestPods.terminated("fetch", 4, "Error", "no such bucket"))
                .endStatus()
                .build();

        assertThat(result(pod).details()).containsExactly("no such bucket");
        assertThat(result(pod).reason())
                .isEqualTo("The driver pod failed: container fetch ended with exit code 4,"
                        + " and container spark-kubernetes-driver never ran.");
    }

    @Test
    void deletionBeforeTheEndIsAFailureWhateverTheExit() {
        Pod clean = deletedAt(driver("Succeeded", TestPods.terminated(SPARK, 0)), "2026-01-01T00:01:50Z", 30);
        Pod killed = deletedAt(driver("Failed", TestPods.terminated(SPARK, 143)), "2026-01-01T00:01:50Z", 30);

        assertThat(result(clean).outcome()).isEqualTo(Outcome.DELETED);
        assertThat(result(killed).outcome()).isEqualTo(Outcome.DELETED);
        assertThat(result(killed).exitCode()).isEqualTo(143);
    }

    @Test
    void deletionAfterTheEndChangesNothing() {
        Pod clean = deletedAt(driver("Succeeded", TestPods.terminated(SPARK, 0)), "2026-01-01T00:05:00Z", 30);

        assertThat(result(clean).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void deletedPodThatNeverEndedIsAFailure() {
        Optional<ApplicationResult> result =
                DriverResult.of(driver("Running", TestPods.running(SPARK)), true, CONTAINER);

        assertThat(result).get().extracting(ApplicationResult::outcome).isEqualTo(Outcome.DELETED);
    }

    @Test
    void saysWhenTheClusterDeletedThePod() {
        Pod pod = new PodBuilder(driver("Running", TestPods.running(SPARK)))
                .editStatus()
                .addNewCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .withReason("PreemptionByScheduler")
                .withMessage("preempted")
                .endCondition()
                .endStatus()
                .build();

        assertThat(DriverResult.of(pod, true, CONTAINER).orElseThrow().reason())
                .isEqualTo("The driver pod pi-driver was deleted by the cluster (PreemptionByScheduler: preempted)"
                        + " before the driver ended.");
    }

    @Test
    void podOfALostNodeIsLost() {
        Pod pod = driver("Unknown", TestPods.running(SPARK));

        assertThat(DriverResult.of(pod, true, CONTAINER).orElseThrow().outcome())
                .isEqualTo(Outcome.LOST);
    }

    @Test
    void findsTheContainerByKeyThenDefaultThenArgument() {
        Pod renamed = TestPods.driver()
                .editSpec()
                .editFirstContainer()
                .withName("main")
                .endContainer()
                .addNewContainer()
                .withName("side")
                .endContainer()
                .endSpec()
                .build();
        Pod ended = TestPods.status("Running", TestPods.terminated("main", 5), TestPods.running("side"))
                .apply(renamed);

        assertThat(result(ended).exitCode()).isEqualTo(5);
        assertThat(new DriverContainer("side").nameIn(renamed)).isEqualTo("side");
        assertThat(CONTAINER.nameIn(TestPods.driver().build())).isEqualTo(SPARK);
    }

    @Test
    void terminationMessageIsShownWithoutControlCharacters() {
        String message = "first\n\u001b[31mred\u001b[0m\n\nlast\r\n";

        assertThat(result(driver("Failed", TestPods.terminated(SPARK, 1, "Error", message)))
                        .details())
                .containsExactly("first", "red", "last");
    }
}
