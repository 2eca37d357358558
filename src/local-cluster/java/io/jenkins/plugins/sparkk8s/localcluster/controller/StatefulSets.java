package io.jenkins.plugins.sparkk8s.localcluster.controller;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps the pods NAME-0, NAME-1 and so on of a StatefulSet: all at once with the policy Parallel, else one after the
 * other. Claims of its templates are created with the pods and stay.
 */
final class StatefulSets {

    private static final String REVISION = "controller-revision-hash";

    private final KubernetesClient client;
    private final ControlledPods pods;

    StatefulSets(KubernetesClient client, ControlledPods pods) {
        this.client = client;
        this.pods = pods;
    }

    void reconcile(StatefulSet set) {
        TreeMap<Integer, Pod> present = new TreeMap<>();
        pods.of(set, set.getSpec().getSelector()).forEach(pod -> present.put(ordinal(set, pod), pod));
        present.remove(-1);
        String revision = TemplateHash.of(set.getSpec().getTemplate());
        if (set.getMetadata().getDeletionTimestamp() == null) {
            boolean parallel = "Parallel".equals(set.getSpec().getPodManagementPolicy());
            boolean settled = replicas(set, present, revision, parallel);
            if (settled && condemned(set, present, parallel)) {
                update(set, present, revision);
            }
        }
        status(set, List.copyOf(present.values()), revision);
    }

    /** The number after the set's name, -1 for a pod of another name. */
    private static int ordinal(StatefulSet set, Pod pod) {
        String prefix = set.getMetadata().getName() + "-";
        String name = pod.getMetadata().getName();
        String number = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        return number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : -1;
    }

    /** Creates what is missing and replaces what has ended; whether all wanted pods exist, and are ready if it matters. */
    private boolean replicas(StatefulSet set, Map<Integer, Pod> present, String revision, boolean parallel) {
        for (int i = 0; i < set.getSpec().getReplicas(); i++) {
            Pod pod = present.get(i);
            if (pod == null) {
                createClaims(set, i);
                pods.create(set, pod(set, i, revision));
            } else if (ControlledPods.isOver(pod) && !ControlledPods.isEnding(pod)) {
                pods.delete(set, pod);
            }
            if (!parallel && (pod == null || ControlledPods.isEnding(pod) || !ControlledPods.isReady(pod))) {
                return false;
            }
        }
        return true;
    }

    /** Ends surplus pods, the highest number first; whether there are none. */
    private boolean condemned(StatefulSet set, TreeMap<Integer, Pod> present, boolean parallel) {
        List<Pod> surplus = List.copyOf(present.tailMap(set.getSpec().getReplicas(), true)
                .descendingMap()
                .values());
        for (Pod pod : surplus) {
            if (!ControlledPods.isEnding(pod)) {
                pods.delete(set, pod);
            }
            if (!parallel) {
                return false;
            }
        }
        return surplus.isEmpty();
    }

    /** Replaces one pod of an older template at a time, the highest number first. */
    private void update(StatefulSet set, Map<Integer, Pod> present, String revision) {
        boolean allReady =
                present.values().stream().allMatch(pod -> ControlledPods.isReady(pod) && !ControlledPods.isEnding(pod));
        if (allReady && "RollingUpdate".equals(set.getSpec().getUpdateStrategy().getType())) {
            present.entrySet().stream()
                    .filter(entry -> !revision.equals(
                            entry.getValue().getMetadata().getLabels().get(REVISION)))
                    .max(Comparator.comparing(Map.Entry::getKey))
                    .ifPresent(entry -> pods.delete(set, entry.getValue()));
        }
    }

    private static Pod pod(StatefulSet set, int ordinal, String revision) {
        String name = set.getMetadata().getName() + "-" + ordinal;
        PodBuilder pod = new PodBuilder(ControlledPods.of(set, set.getSpec().getTemplate()))
                .editMetadata()
                .withName(name)
                .addToLabels("statefulset.kubernetes.io/pod-name", name)
                .addToLabels("apps.kubernetes.io/pod-index", Integer.toString(ordinal))
                .addToLabels(REVISION, revision)
                .endMetadata()
                .editSpec()
                .withHostname(name)
                .withSubdomain(set.getSpec().getServiceName())
                .endSpec();
        for (PersistentVolumeClaim template : set.getSpec().getVolumeClaimTemplates()) {
            String volume = template.getMetadata().getName();
            pod.editSpec()
                    .removeMatchingFromVolumes(v -> v.getName().equals(volume))
                    .addToVolumes(new VolumeBuilder()
                            .withName(volume)
                            .withNewPersistentVolumeClaim(volume + "-" + name, false)
                            .build())
                    .endSpec();
        }
        return pod.build();
    }

    private void createClaims(StatefulSet set, int ordinal) {
        for (PersistentVolumeClaim template : set.getSpec().getVolumeClaimTemplates()) {
            String name =
                    template.getMetadata().getName() + "-" + set.getMetadata().getName() + "-" + ordinal;
            String namespace = set.getMetadata().getNamespace();
            if (client.persistentVolumeClaims()
                            .inNamespace(namespace)
                            .withName(name)
                            .get()
                    == null) {
                PersistentVolumeClaim claim = new PersistentVolumeClaimBuilder(template)
                        .editMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .addToLabels(set.getSpec().getSelector().getMatchLabels())
                        .endMetadata()
                        .withStatus(null)
                        .build();
                client.resource(claim).create();
            }
        }
    }

    private void status(StatefulSet set, List<Pod> present, String revision) {
        int ready = (int) present.stream().filter(ControlledPods::isReady).count();
        int updated = (int) present.stream()
                .filter(pod -> revision.equals(pod.getMetadata().getLabels().get(REVISION)))
                .count();
        StatefulSetStatus status = new StatefulSetStatusBuilder()
                .withReplicas(present.size())
                .withReadyReplicas(ready)
                .withAvailableReplicas(ready)
                .withCurrentReplicas(updated)
                .withUpdatedReplicas(updated)
                .withCurrentRevision(set.getMetadata().getName() + "-" + revision)
                .withUpdateRevision(set.getMetadata().getName() + "-" + revision)
                .withCollisionCount(0)
                .withObservedGeneration(set.getMetadata().getGeneration())
                .build();
        if (!status.equals(set.getStatus())) {
            Statuses.write(client, set, status);
        }
    }
}
