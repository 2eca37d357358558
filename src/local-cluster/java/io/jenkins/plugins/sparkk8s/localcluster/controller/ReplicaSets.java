package io.jenkins.plugins.sparkk8s.localcluster.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** Keeps the number of pods of a ReplicaSet; pods that have ended do not count and are replaced. */
final class ReplicaSets {

    /** As many pods as one round creates at most. */
    private static final int BURST = 500;

    private final KubernetesClient client;
    private final ControlledPods pods;

    ReplicaSets(KubernetesClient client, ControlledPods pods) {
        this.client = client;
        this.pods = pods;
    }

    void reconcile(ReplicaSet set) {
        List<Pod> all = pods.of(set, set.getSpec().getSelector());
        List<Pod> active = all.stream()
                .filter(pod -> !ControlledPods.isOver(pod) && !ControlledPods.isEnding(pod))
                .toList();
        if (set.getMetadata().getDeletionTimestamp() == null) {
            scale(set, active);
        }
        status(set, active);
    }

    private void scale(ReplicaSet set, List<Pod> active) {
        int wanted = set.getSpec().getReplicas();
        Pod pod = new PodBuilder(ControlledPods.of(set, set.getSpec().getTemplate()))
                .editMetadata()
                .withGenerateName(set.getMetadata().getName() + "-")
                .endMetadata()
                .build();
        boolean created = true;
        for (int i = active.size(); created && i < Math.min(wanted, active.size() + BURST); i++) {
            created = pods.create(set, pod);
        }
        active.stream()
                .sorted(ScaleDownOrder.FIRST_TO_GO)
                .limit(Math.max(0, active.size() - wanted))
                .forEach(surplus -> pods.delete(set, surplus));
    }

    private void status(ReplicaSet set, List<Pod> active) {
        int ready = (int) active.stream().filter(ControlledPods::isReady).count();
        ReplicaSetStatus status = new ReplicaSetStatusBuilder()
                .withReplicas(active.size())
                .withFullyLabeledReplicas(active.size())
                .withReadyReplicas(ready)
                .withAvailableReplicas(ready)
                .withObservedGeneration(set.getMetadata().getGeneration())
                .build();
        if (!status.equals(set.getStatus())) {
            Statuses.write(client, set, status);
        }
    }
}
