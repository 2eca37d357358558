package io.jenkins.plugins.sparkk8s.monitor.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is read of a page of a list, which is to be as much as is kept of a pod that comes as an event. */
class PodPageTest {
    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("pi-driver")
                .withNamespace("jobs")
                .withUid("uid-1")
                .withResourceVersion("42")
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .withDeletionTimestamp("2026-01-01T00:01:00Z")
                .withDeletionGracePeriodSeconds(30L)
                .addToLabels(Labels.APPLICATION, "spark-1")
                .addToAnnotations("note", "long")
                .addNewManagedField()
                .withManager("kubelet")
                .endManagedField()
                .addNewOwnerReference()
                .withName("owner")
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .withRestartPolicy("Never")
                .addNewVolume()
                .withName("scratch")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .addNewContainer()
                .withName("spark-kubernetes-driver")
                .withImage("spark")
                .withArgs("driver", "--properties-file", "/opt/spark/conf/spark.properties")
                .addNewEnv()
                .withName("SPARK_USER")
                .endEnv()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Failed")
                .withReason("Evicted")
                .withMessage("low on memory")
                .withPodIP("10.0.0.1")
                .withStartTime("2026-01-01T00:00:01Z")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("True")
                .withReason("a")
                .withMessage("b")
                .withLastTransitionTime("2026-01-01T00:00:02Z")
                .endCondition()
                .addNewInitContainerStatus()
                .withName("fetch")
                .withNewState()
                .withNewWaiting("PodInitializing", "soon")
                .endState()
                .endInitContainerStatus()
                .addNewContainerStatus()
                .withName("spark-kubernetes-driver")
                .withImage("spark")
                .withRestartCount(3)
                .withNewState()
                .withNewTerminated()
                .withExitCode(137)
                .withReason("OOMKilled")
                .withFinishedAt("2026-01-01T00:00:50Z")
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static PodPage page(String next, Pod... pods) {
        return page(Serialization.asJson(new PodListBuilder()
                .withNewMetadata(next, 7L, "99", null)
                .withItems(pods)
                .build()));
    }

    private static PodPage page(String json) {
        return new PodPage(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void hasOfAPodWhatAnEventLeavesOfIt() {
        PodSource.Listed read = page(null, pod()).read();

        assertThat(read.version()).isEqualTo("99");
        assertThat(Serialization.asJson(read.pods().get(0)))
                .isEqualTo(Serialization.asJson(ReducedPods.reduced(pod())))
                .contains("OOMKilled", "PodInitializing", "low on memory", "spark-1", "driver")
                .doesNotContain("managedFields", "SPARK_USER", "scratch", "note", "properties-file");
    }

    @Test
    void hasPodsWithoutSpecAndStatus() {
        String json = """
                {"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"a"}}]}""";

        assertThat(page(json).read().pods())
                .singleElement()
                .satisfies(pod -> assertThat(pod.getMetadata().getName()).isEqualTo("a"));
    }

    @Test
    void continuesWithTheNextPageUntilThereIsNone() {
        assertThat(page("token", pod()).next()).isEqualTo("token");
        assertThat(page(null, pod()).next()).isNull();
        assertThat(page("""
                {"kind":"PodList","metadata":{"continue":""},"items":[]}""").next()).isNull();
        assertThat(page("""
                {"kind":"PodList","metadata":{"a":{"continue":"no"},"continue":"yes"}}""").next()).isEqualTo("yes");
    }
}
