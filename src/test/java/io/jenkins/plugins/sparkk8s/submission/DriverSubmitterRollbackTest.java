package io.jenkins.plugins.sparkk8s.submission;

import static io.jenkins.plugins.sparkk8s.driver.Applications.APP_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A submission that fails leaves nothing behind, or says what. */
class DriverSubmitterRollbackTest extends SubmissionTestBase {
    @ParameterizedTest
    @CsvSource({
        "create,secrets,403",
        "create,services,422",
        "create,persistentvolumeclaims,403",
        "create,configmaps,500",
        "create,networkpolicies,403",
        "patch,networkpolicies,403",
        "create,pods,403",
        "create,pods,422",
        "create,pods,500",
        "create,pods,429",
        "patch,secrets,403",
        "patch,services,500",
        "patch,configmaps,422",
    })
    void removesEverythingWhenACallFails(String verb, String resource, int code) {
        server.faults().answer(100, RequestMatch.of(verb, resource), code);

        Throwable failure = catchThrowable(this::submit);

        assertThat(failure)
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(failure.getMessage())
                .contains("did not " + verb)
                .contains("namespace default")
                .doesNotContain("could not be removed");
        assertNothingIsLeft();
    }

    @Test
    void removesADriverWhoseCreationWasNotConfirmed() {
        server.faults().answerAfterDoing(1, RequestMatch.of("create", "pods"), 500);
        Config impatient = config();
        impatient.setRequestRetryBackoffLimit(0);

        try (KubernetesClient once =
                new KubernetesClientBuilder().withConfig(impatient).build()) {
            assertThatThrownBy(() -> DriverSubmitter.submit(
                            once, spec, DriverSubmitter.Attempt.REPEATED, SubmissionListener.NONE))
                    .isInstanceOf(ClusterException.class);
        }

        assertNothingIsLeft();
    }

    @Test
    void removesEverythingWhenInterrupted() {
        assertThatThrownBy(() -> DriverSubmitter.submit(
                        client, spec, DriverSubmitter.Attempt.REPEATED, new SubmissionListener() {
                            @Override
                            public void created(ObjectReference object) {
                                if (object.kind().equals("Service")) {
                                    Thread.currentThread().interrupt();
                                }
                            }
                        }))
                .isInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isFalse();
        assertNothingIsLeft();
    }

    @Test
    void removesEverythingWhenTheListenerFails() {
        assertThatThrownBy(() -> DriverSubmitter.submit(
                        client, spec, DriverSubmitter.Attempt.REPEATED, new SubmissionListener() {
                            @Override
                            public void driverPodExists(SubmissionHandle handle) {
                                throw new IllegalStateException("disk full");
                            }
                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("disk full");

        assertNothingIsLeft();
    }

    @Test
    void namesWhatItCouldNotRemove() {
        server.faults().answer(100, RequestMatch.of("create", "pods"), 422);
        server.faults().answer(100, RequestMatch.of("delete", "services"), 403);
        List<String> events = new ArrayList<>();

        assertThatThrownBy(() -> DriverSubmitter.submit(
                        client, spec, DriverSubmitter.Attempt.REPEATED, new SubmissionListener() {
                            @Override
                            public void removed(ObjectReference object) {
                                events.add("removed " + object.kind());
                            }

                            @Override
                            public void leftBehind(ObjectReference object) {
                                events.add("left " + object.kind());
                            }
                        }))
                .hasMessageContaining("could not be removed again: Service up-aaaaaaaaaaaaaaaa-driver-svc.")
                .hasMessageContaining(
                        "kubectl delete pods,services,configmaps,secrets,persistentvolumeclaims -n default -l sparkk8s.jenkins.io/application-id="
                                + APP_ID);

        assertThat(events)
                .containsExactly(
                        "removed ConfigMap",
                        "removed PersistentVolumeClaim",
                        "removed NetworkPolicy",
                        "left Service",
                        "removed Secret");
    }
}
