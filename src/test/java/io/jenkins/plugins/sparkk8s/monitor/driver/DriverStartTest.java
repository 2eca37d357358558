package io.jenkins.plugins.sparkk8s.monitor.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.monitor.TestPods;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Cause;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        return waiting(reason, "because");
    }

    private static Pod waiting(String reason, String message) {
        return TestPods.status("Pending", TestPods.waiting(TestPods.DRIVER_CONTAINER, reason, message))
                .apply(TestPods.driver().build());
    }

    private Cause causeAfterTheTimeout(Pod pod) {
        Instant end = BEGIN.plus(TIMEOUT);
        return start.seen(pod, end).verdict(pod, end).orElseThrow().cause();
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
    void recoveryRestartsTheGracePeriod() {
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
    void zeroTimeoutMeansNoLimit() {
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ErrImagePull | rpc error: code = NotFound desc = failed to pull \"acme/timeout:1\": not found | CONFIGURATION",
                "ErrImagePull | pull access denied, repository does not exist or may require authorization | CONFIGURATION",
                "ErrImagePull | dial tcp: lookup registri.example.com: no such host | CONFIGURATION",
                "ErrImagePull | Head \"https://r/v2/\": dial tcp 10.0.0.1:443: i/o timeout | INFRASTRUCTURE",
                "ErrImagePull | Get \"https://r/v2/\": net/http: TLS handshake timeout | INFRASTRUCTURE",
                "ErrImagePull | toomanyrequests: You have reached your pull rate limit. | INFRASTRUCTURE",
                "ErrImagePull | unexpected status from HEAD request to https://r/v2/: 503 Service Unavailable | INFRASTRUCTURE",
                "ErrImagePull | write /var/lib/x: no space left on device | INFRASTRUCTURE",
                "ImagePullBackOff | Back-off pulling image \"acme/x:1\": ErrImagePull: x: connection refused | INFRASTRUCTURE",
                "ImagePullBackOff | Back-off pulling image \"acme/x:1\" | CONFIGURATION",
                "InvalidImageName | Failed to apply default image tag: couldn't parse image timeout | CONFIGURATION",
                "ErrImageNeverPull | Container image is not present with pull policy of Never | CONFIGURATION",
                "CreateContainerConfigError | secret \"s3\" not found | CONFIGURATION",
                "CreateContainerConfigError | failed to sync secret cache: timed out waiting for the condition | INFRASTRUCTURE",
                "RunContainerError | exec: \"/opt/entrypoint.sh\": no such file or directory | CONFIGURATION",
                "RegistryUnavailable | registry is unavailable | INFRASTRUCTURE",
                "ContainerCreating | | INFRASTRUCTURE"
            })
    void determinesTheCause(String reason, String message, Cause cause) {
        assertThat(causeAfterTheTimeout(waiting(reason, message))).isEqualTo(cause);
    }

    @Test
    void noRoomIsTheInfrastructures() {
        assertThat(causeAfterTheTimeout(TestPods.unschedulable("0/3 nodes are available.")
                        .apply(TestPods.driver().build())))
                .isEqualTo(Cause.INFRASTRUCTURE);
    }

    @Test
    void errorOfTheLastPullCountsWhileTheKubeletWaitsForTheNext() {
        Pod backOff = waiting("ImagePullBackOff", "Back-off pulling image \"acme/x:1\"");
        assertThat(failedAfter(waiting("ErrImagePull", "dial tcp: i/o timeout"), 0))
                .isFalse();

        assertThat(failedAfter(backOff, 60)).isTrue();
        assertThat(start.verdict(backOff, BEGIN.plusSeconds(60)))
                .get()
                .extracting(ApplicationResult::cause)
                .isEqualTo(Cause.INFRASTRUCTURE);
        assertThat(start.verdict(backOff, BEGIN.plusSeconds(60)).orElseThrow().withDetails(List.of("x")))
                .returns(Cause.INFRASTRUCTURE, ApplicationResult::cause)
                .returns(List.of("x"), ApplicationResult::details);
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
