package io.jenkins.plugins.sparkk8s.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationResult.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver that can never start fails in about a minute, one that merely takes long does not. */
class DriverStartTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Duration GRACE = Duration.ofSeconds(60);

    private DriverStart start = DriverStart.begin(new DriverContainer(null), TIMEOUT, GRACE, BEGIN);

    private static Pod waiting(String reason) {
        return TestPods.status("Pending", TestPods.waiting(TestPods.DRIVER_CONTAINER, reason, "because"))
                .apply(TestPods.driver().build());
    }

    private boolean failedAfter(Pod pod, long seconds) {
        Instant now = BEGIN.plusSeconds(seconds);
        start = start.seen(pod, now);
        return start.verdict(pod, now).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ErrImagePull",
                "ImagePullBackOff",
                "InvalidImageName",
                "CreateContainerConfigError",
                "CreateContainerError",
                "RunContainerError"
            })
    void permanentReasonFailsAfterItsGrace(String reason) {
        assertThat(failedAfter(waiting(reason), 5)).isFalse();
        assertThat(failedAfter(waiting(reason), 64)).isFalse();
        assertThat(failedAfter(waiting(reason), 65)).isTrue();
    }

    @Test
    void changeBetweenTwoPermanentReasonsDoesNotProlongTheGrace() {
        assertThat(failedAfter(waiting("ErrImagePull"), 0)).isFalse();
        assertThat(failedAfter(waiting("ImagePullBackOff"), 30)).isFalse();
        assertThat(failedAfter(waiting("ErrImagePull"), 60)).isTrue();
    }

    @Test
    void recoveryBeginsAnew() {
        assertThat(failedAfter(waiting("CreateContainerConfigError"), 0)).isFalse();
        assertThat(failedAfter(waiting("ContainerCreating"), 50)).isFalse();
        assertThat(failedAfter(waiting("CreateContainerConfigError"), 55)).isFalse();
        assertThat(failedAfter(waiting("CreateContainerConfigError"), 100)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"ContainerCreating", "PodInitializing", "SomethingNew"})
    void ordinaryWaitingHasTheStartTimeout(String reason) {
        assertThat(failedAfter(waiting(reason), 599)).isFalse();
        assertThat(failedAfter(waiting(reason), 600)).isTrue();
    }

    @Test
    void zeroTimeoutWaitsForEver() {
        start = DriverStart.begin(new DriverContainer(null), Duration.ZERO, GRACE, BEGIN);

        assertThat(failedAfter(waiting("ContainerCreating"), 1_000_000)).isFalse();
    }

    @Test
    void startedDriverIsNeverTooLateThoughASidecarKeepsThePodPending() {
        Pod pod = TestPods.status(
                        "Pending",
                        TestPods.running(TestPods.DRIVER_CONTAINER),
                        TestPods.waiting("side", "ImagePullBackOff", ""))
                .apply(TestPods.driver().build());

        assertThat(failedAfter(pod, 1_000_000)).isFalse();
    }

    @Test
    void saysWhyAndWhatToDo() {
        Pod pod = TestPods.unschedulable("0/3 nodes are available.")
                .apply(TestPods.driver().build());

        ApplicationResult result = start.verdict(pod, BEGIN.plus(TIMEOUT)).orElseThrow();
        assertThat(result.outcome()).isEqualTo(Outcome.NEVER_STARTED);
        assertThat(result.reason())
                .startsWith(
                        "The driver pod pi-driver did not start within 10 m: Unschedulable: 0/3 nodes are available. ")
                .endsWith("Or raise spark.kubernetes.submit.startTimeout.");
    }
}
