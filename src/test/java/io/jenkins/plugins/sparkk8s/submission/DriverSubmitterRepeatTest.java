package io.jenkins.plugins.sparkk8s.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Submits again with the same identity, after a death or while the driver runs. */
class DriverSubmitterRepeatTest extends SubmissionTestBase {
    /** The submitter dies before its n-th call: neither that call nor any later one, nor a roll-back, is made. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aRepeatAfterADeathEndsWithOneDriverThatOwnsAll(int call) throws Exception {
        try (KubernetesClient mortal = mortal(call)) {
            assertThatThrownBy(() -> DriverSubmitter.submit(
                            mortal, spec, DriverSubmitter.Attempt.REPEATED, SubmissionListener.NONE))
                    .isNotNull();
        }
        List<Pod> before = pods();

        SubmissionHandle handle = submit();

        assertThat(pods()).hasSize(1);
        if (!before.isEmpty()) {
            assertThat(handle.driverPodUid())
                    .isEqualTo(before.get(0).getMetadata().getUid());
        }
        assertThat(dependants()).hasSize(5).allSatisfy(object -> assertOwnedBy(object, pods().get(0)));
        client.pods()
                .inNamespace("default")
                .withName(handle.driverPodName())
                .withGracePeriod(0)
                .delete();
        await().untilAsserted(() -> assertThat(dependants()).isEmpty());
    }

    @Test
    void replacesTheConfigMapOfAnEarlierTryThatStagedElsewhere() throws Exception {
        try (KubernetesClient mortal = mortal(7)) {
            assertThatThrownBy(() -> DriverSubmitter.submit(
                            mortal, spec, DriverSubmitter.Attempt.REPEATED, SubmissionListener.NONE))
                    .isNotNull();
        }
        assertThat(client.configMaps().inNamespace("default").list().getItems()).hasSize(1);
        DriverSpec staged =
                Applications.java().with("spark.jars", "s3a://b/new.jar").build();

        DriverSubmitter.submit(client, staged, DriverSubmitter.Attempt.REPEATED, SubmissionListener.NONE);

        assertThat(client.configMaps()
                        .inNamespace("default")
                        .withName("spark-drv-cccccccccccccccc-conf-map")
                        .get()
                        .getData()
                        .get("spark.properties"))
                .contains("s3a\\://b/new.jar");
    }

    @Test
    void keepsARunningDriverWhenTheRepeatFails() throws Exception {
        SubmissionHandle handle = submit();
        server.faults().answer(100, RequestMatch.of("patch", "services"), 500);

        assertThatThrownBy(this::submit).isInstanceOf(ClusterException.class);

        assertThat(pods())
                .singleElement()
                .satisfies(pod -> assertThat(pod.getMetadata().getUid()).isEqualTo(handle.driverPodUid()));
        assertThat(dependants()).hasSize(5);
    }

    @Test
    void doesNotStartAnApplicationAgainThatIsBeingDeleted() throws Exception {
        SubmissionHandle handle = submit();
        client.pods()
                .inNamespace("default")
                .withName(handle.driverPodName())
                .edit(pod -> new PodBuilder(pod)
                        .editMetadata()
                        .addToFinalizers("example.com/wait")
                        .endMetadata()
                        .build());
        client.pods().inNamespace("default").withName(handle.driverPodName()).delete();

        assertThatThrownBy(this::submit).hasMessageContaining("is being deleted");
    }
}
