package io.jenkins.plugins.sparkk8s.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Deployments and StatefulSets have their pods made, replaced and ended. */
class WorkloadControllerTest extends KubeletCase {

    private static final Map<String, String> LABELS = Map.of("spark-role", "executor");
    private static final String COST = "controller.kubernetes.io/pod-deletion-cost";

    @Test
    void scalesADeploymentDownByTheCostOfItsPods() {
        deployment("executors", 3, "sleep 100");
        List<Pod> three = awaitRunning(3);
        String dear = three.get(0).getMetadata().getName();
        String cheap = three.get(1).getMetadata().getName();
        annotate(dear, "5");
        annotate(cheap, "-5");

        client.apps().deployments().inNamespace(namespace).withName("executors").scale(2);
        assertThat(names(awaitRunning(2))).contains(dear).doesNotContain(cheap);
        client.apps().deployments().inNamespace(namespace).withName("executors").scale(1);

        assertThat(names(awaitRunning(1))).containsExactly(dear);
        await().untilAsserted(() -> assertThat(client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withName("executors")
                        .get()
                        .getStatus()
                        .getReadyReplicas())
                .isEqualTo(1));
    }

    @Test
    void replacesADeletedPodOfADeploymentAndEndsAllWithIt() {
        deployment("executors", 1, "sleep 100");
        Pod first = awaitRunning(1).get(0);
        assertThat(first.getMetadata().getName()).matches("executors-[a-z0-9]{10}-[a-z0-9]{5}");
        assertThat(first.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getKind()).isEqualTo("ReplicaSet"));

        pod(first.getMetadata().getName()).withGracePeriod(0).delete();
        await().untilAsserted(() -> assertThat(names(awaitRunning(1)))
                .doesNotContain(first.getMetadata().getName()));
        client.apps().deployments().inNamespace(namespace).withName("executors").delete();

        await().untilAsserted(() -> assertThat(pods()).isEmpty());
        assertThat(client.apps().replicaSets().inNamespace(namespace).list().getItems())
                .isEmpty();
    }

    @Test
    void startsANewTemplateBeforeItEndsTheOldOne() {
        deployment("executors", 1, "sleep 100");
        String old = awaitRunning(1).get(0).getMetadata().getName();

        client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName("executors")
                .patch(
                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"changed\":\"yes\"}}}}}");

        await().untilAsserted(() -> assertThat(names(running())).hasSize(1).doesNotContain(old));
        assertThat(client.apps().replicaSets().inNamespace(namespace).list().getItems())
                .hasSize(2);
    }

    @Test
    void numbersThePodsOfAStatefulSetAndEndsTheHighestFirst() {
        statefulSet("executors", 3, "Parallel");
        assertThat(names(awaitRunning(3))).containsExactlyInAnyOrder("executors-0", "executors-1", "executors-2");

        client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName("executors")
                .scale(1);
        assertThat(names(awaitRunning(1))).containsExactly("executors-0");
        pod("executors-0").withGracePeriod(0).delete();

        assertThat(names(awaitRunning(1))).containsExactly("executors-0");
    }

    @Test
    void waitsForEachPodOfAnOrderedStatefulSet() {
        statefulSet("ordered", 2, "OrderedReady");

        List<Pod> both = awaitRunning(2);

        Pod second = both.get(names(both).indexOf("ordered-1"));
        Pod first = both.get(names(both).indexOf("ordered-0"));
        assertThat(second.getMetadata().getResourceVersion())
                .isNotEqualTo(first.getMetadata().getResourceVersion());
        assertThat(second.getMetadata().getCreationTimestamp())
                .isGreaterThanOrEqualTo(first.getStatus().getStartTime());
        assertThat(second.getSpec().getHostname()).isEqualTo("ordered-1");
    }

    @Test
    void restartsAContainerInPlaceAndBacksOffWhenItFailsAgain() {
        deployment("failing", 1, "echo started; exit 3");

        Pod pod = await().until(
                        () -> pods().stream().findFirst().orElse(null),
                        p -> p != null && "CrashLoopBackOff".equals(waitingReason(p)));

        var status = pod.getStatus().getContainerStatuses().get(0);
        assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
        assertThat(status.getRestartCount()).isEqualTo(2);
        assertThat(status.getLastState().getTerminated().getExitCode()).isEqualTo(3);
        assertThat(client.pods()
                        .inNamespace(namespace)
                        .withName(pod.getMetadata().getName())
                        .terminated()
                        .getLog())
                .isEqualTo("started\n");
    }

    private void deployment(String name, int replicas, String script) {
        Deployment deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withSelector(new LabelSelectorBuilder().withMatchLabels(LABELS).build())
                .withTemplate(template(script))
                .endSpec()
                .build();
        client.resource(deployment).create();
    }

    private void statefulSet(String name, int replicas, String policy) {
        StatefulSet set = new StatefulSetBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withPodManagementPolicy(policy)
                .withSelector(new LabelSelectorBuilder().withMatchLabels(LABELS).build())
                .withTemplate(template("sleep 100")
                        .edit()
                        // As Spark has it: not valid, and replaced by the name of the pod.
                        .editSpec()
                        .withHostname("executor-EXECID")
                        .endSpec()
                        .build())
                .endSpec()
                .build();
        client.resource(set).create();
    }

    private static PodTemplateSpec template(String script) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(LABELS)
                .endMetadata()
                .withSpec(command("unused", script).getSpec())
                .editSpec()
                .withRestartPolicy("Always")
                .withTerminationGracePeriodSeconds(1L)
                .endSpec()
                .build();
    }

    private void annotate(String pod, String cost) {
        pod(pod).edit(p -> {
            p.getMetadata().setAnnotations(Map.of(COST, cost));
            return p;
        });
    }

    private List<Pod> awaitRunning(int count) {
        return await().until(this::running, list -> list.size() == count);
    }

    private List<Pod> running() {
        return pods().stream()
                .filter(p -> "Running".equals(p.getStatus().getPhase())
                        && p.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    private List<Pod> pods() {
        return client.pods().inNamespace(namespace).withLabels(LABELS).list().getItems();
    }

    private static List<String> names(List<Pod> pods) {
        return pods.stream().map(p -> p.getMetadata().getName()).toList();
    }
}
