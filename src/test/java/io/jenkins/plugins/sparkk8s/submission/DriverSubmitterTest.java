package io.jenkins.plugins.sparkk8s.submission;

import static io.jenkins.plugins.sparkk8s.driver.Applications.APP_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestRecord;
import io.jenkins.plugins.sparkk8s.submission.DriverSubmitter.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Creates drivers: what, in which order, and never over the objects of others. */
class DriverSubmitterTest extends SubmissionTestBase {
    private static final int CALLS_OF_A_SUBMISSION = 12;

    @Test
    void createsEverythingWithTheDriverPodAsOwner() throws Exception {
        SubmissionHandle handle = submit();

        Pod pod = client.pods()
                .inNamespace("default")
                .withName("up-aaaaaaaaaaaaaaaa-driver")
                .get();
        assertThat(handle.driverPodUid()).isEqualTo(pod.getMetadata().getUid());
        assertThat(handle.submissionId()).isEqualTo("default:up-aaaaaaaaaaaaaaaa-driver");
        assertThat(handle.applicationId()).isEqualTo(APP_ID);
        assertThat(names(dependants()))
                .containsExactlyInAnyOrder(
                        "spark-drv-cccccccccccccccc-conf-map",
                        "up-aaaaaaaaaaaaaaaa-driver-svc",
                        "up-aaaaaaaaaaaaaaaa-policy",
                        "up-aaaaaaaaaaaaaaaa-kubernetes-credentials",
                        "up-aaaaaaaaaaaaaaaa-driver-pvc-0");
        assertThat(dependants()).allSatisfy(object -> assertOwnedBy(object, pod));
    }

    @Test
    void createsThePodAfterAllThatItMounts() throws Exception {
        submit();

        assertThat(server.requests().stream()
                        .filter(r -> r.method().equals("POST"))
                        .map(RequestRecord::path))
                .last()
                .isEqualTo("/api/v1/namespaces/default/pods");
        assertThat(server.requests()).hasSize(CALLS_OF_A_SUBMISSION);
    }

    /** Each of the five creations, and each of the five patches, waits for the others. */
    @Test
    void waitsOnceForAllDependantsAndOnceForAllPatches() throws Exception {
        CyclicBarrier five = new CyclicBarrier(5);
        try (KubernetesClient meeting = intercepted(request -> {
            if (!request.method().equals("GET") && !request.uri().getPath().endsWith("/pods")) {
                meet(five);
            }
        })) {
            DriverSubmitter.submit(meeting, spec, Attempt.FIRST, SubmissionListener.NONE);
        }

        assertThat(dependants()).hasSize(5).allSatisfy(object -> assertOwnedBy(object, pods().get(0)));
    }

    private static void meet(CyclicBarrier others) {
        try {
            others.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("the calls are made one after the other", e);
        }
    }

    @Test
    void asksForNothingBeforeItCreatesTheObjectsOfANewIdentity() throws Exception {
        DriverSubmitter.submit(client, spec, Attempt.FIRST, SubmissionListener.NONE);

        assertThat(server.requests())
                .hasSize(CALLS_OF_A_SUBMISSION - 1)
                .noneMatch(request -> request.method().equals("GET"));
    }

    @Test
    void writesThePodsUidDownBeforeItContinues() throws Exception {
        List<String> events = new ArrayList<>();
        DriverSubmitter.submit(client, spec, Attempt.REPEATED, new SubmissionListener() {
            @Override
            public void created(ObjectReference object) {
                events.add(object.kind());
            }

            @Override
            public void driverPodExists(SubmissionHandle handle) {
                assertThat(handle.createdDriverPodUid()).isPresent();
                assertThat(dependants())
                        .allSatisfy(object -> assertThat(object.getMetadata().getOwnerReferences())
                                .isEmpty());
                events.add("exists");
            }
        });

        assertThat(events)
                .containsExactly(
                        "Secret", "Service", "NetworkPolicy", "PersistentVolumeClaim", "ConfigMap", "Pod", "exists");
    }

    @Test
    void continuesWhenTheResponseToTheCreationWasLost() throws Exception {
        server.faults().answerAfterDoing(1, RequestMatch.of("create", "pods"), 500);

        SubmissionHandle handle = submit();

        assertThat(pods())
                .singleElement()
                .satisfies(pod -> assertThat(pod.getMetadata().getUid()).isEqualTo(handle.driverPodUid()));
    }

    @ParameterizedTest
    @EnumSource
    void keepsAPodOfAnotherApplication(Attempt attempt) {
        Pod maskUntrusted = new PodBuilder(spec.pod())
                .editMetadata()
                .withLabels(null)
                .addToLabels("spark-app-selector", "spark-other")
                .endMetadata()
                .build();
        client.resource(maskUntrusted).create();

        assertThatThrownBy(() -> DriverSubmitter.submit(client, spec, attempt, SubmissionListener.NONE))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("up-aaaaaaaaaaaaaaaa-driver already exists in namespace default")
                .hasMessageContaining("the application spark-other")
                .hasMessageContaining("spark.kubernetes.driver.pod.name");
        assertThat(pods()).hasSize(1);
        assertThat(dependants()).isEmpty();
    }

    @Test
    void keepsAConfigMapOfAnotherApplication() {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("spark-drv-cccccccccccccccc-conf-map")
                        .withNamespace("default")
                        .endMetadata()
                        .addToData("keep", "me")
                        .build())
                .create();

        assertThatThrownBy(this::submit)
                .hasMessageContaining("ConfigMap spark-drv-cccccccccccccccc-conf-map already exists")
                .hasMessageContaining("something else");
        assertThat(pods()).isEmpty();
        assertThat(dependants())
                .singleElement()
                .satisfies(object -> assertThat(object.getKind()).isEqualTo("ConfigMap"));
    }
}
