package io.jenkins.plugins.sparkk8s.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.driver.VolcanoApi;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.kubernetes.PodGroup;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestRecord;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The PodGroup of an application in the cluster, from before the pod until after it. */
class VolcanoSubmissionTest extends SubmissionTestBase {
    private static final String CLASS = "org.apache.spark.deploy.k8s.features.VolcanoFeatureStep";

    private final DriverSpec volcano = Applications.java()
            .with("spark.kubernetes.driver.pod.featureSteps", CLASS)
            .with("spark.kubernetes.scheduler.name", "volcano")
            .with(
                    "spark.kubernetes.scheduler.volcano.podGroupTemplateJson",
                    "{\"kind\": \"PodGroup\", \"spec\": {\"queue\": \"etl\"}}")
            .build();

    @BeforeEach
    void installVolcano() {
        VolcanoApi.install(client);
    }

    private SubmissionHandle submitVolcano() throws InterruptedException {
        return DriverSubmitter.submit(client, volcano, DriverSubmitter.Attempt.REPEATED, SubmissionListener.NONE);
    }

    private List<PodGroup> groups() {
        return client.resources(PodGroup.class).inNamespace("default").list().getItems();
    }

    @Test
    void podGroupIsThereBeforeThePodAndThenOwnedByIt() throws Exception {
        SubmissionHandle handle = submitVolcano();

        assertThat(groups()).singleElement().satisfies(group -> {
            assertThat(group.getSpec()).containsEntry("queue", "etl");
            assertThat(group.getMetadata().getOwnerReferences())
                    .singleElement()
                    .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(handle.driverPodUid()));
        });
        List<String> created = server.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .map(RequestRecord::path)
                .toList();
        assertThat(created.indexOf("/apis/scheduling.volcano.sh/v1beta1/namespaces/default/podgroups"))
                .isBetween(0, created.indexOf("/api/v1/namespaces/default/pods") - 1);
    }

    @Test
    void repeatedSubmissionFindsThePodGroup() throws Exception {
        SubmissionHandle first = submitVolcano();

        assertThat(submitVolcano()).isEqualTo(first);
        assertThat(groups()).hasSize(1);
    }

    @Test
    void podGroupIsRemovedWhenThePodIsRefused() {
        server.faults().answer(100, RequestMatch.of("create", "pods"), 403, "pods is forbidden: exceeded quota: q", 0);

        assertThatThrownBy(this::submitVolcano).isInstanceOf(ClusterException.class);
        assertThat(groups()).isEmpty();
    }

    private InterruptedSubmission interrupted() {
        List<ObjectReference> dependants =
                volcano.dependants().stream().map(ObjectReference::to).toList();
        return new InterruptedSubmission(client, SubmissionHandle.planned(volcano), dependants);
    }

    @Test
    void interruptedSubmissionIsTakenOverWithItsPodGroup() throws Exception {
        SubmissionHandle handle = submitVolcano();
        client.resources(PodGroup.class)
                .inNamespace("default")
                .withName(groups().get(0).getMetadata().getName())
                .edit(group -> {
                    group.getMetadata().setOwnerReferences(List.of());
                    return group;
                });

        assertThat(interrupted().takeOver()).contains(handle);
        assertThat(groups())
                .singleElement()
                .satisfies(group ->
                        assertThat(group.getMetadata().getOwnerReferences()).hasSize(1));
    }

    @Test
    void interruptedSubmissionThatHasNoPodYetIsRemovedWithItsPodGroup() {
        client.resource((PodGroup) volcano.preResources().get(0)).create();

        assertThat(interrupted().remove()).extracting(ObjectReference::kind).containsExactly("PodGroup");
        assertThat(groups()).isEmpty();
    }

    @Test
    void clusterWithoutVolcanoIsNamed() {
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("podgroups.scheduling.volcano.sh")
                .delete();

        assertThatThrownBy(this::submitVolcano)
                .hasMessageContaining("the cluster has no API scheduling.volcano.sh/v1beta1");
    }
}
