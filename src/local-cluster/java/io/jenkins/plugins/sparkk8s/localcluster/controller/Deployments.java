package io.jenkins.plugins.sparkk8s.localcluster.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.jenkins.plugins.sparkk8s.localcluster.client.EventRecorder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps one ReplicaSet for each template that a Deployment has had, and all replicas in that of the present one. A change
 * of the template starts all new pods before it ends the old ones, whatever maxSurge says; the strategy Recreate is as in
 * Kubernetes.
 */
final class Deployments {

    private static final String HASH = "pod-template-hash";
    private static final String REVISION = "deployment.kubernetes.io/revision";

    private final KubernetesClient client;
    private final EventRecorder events;

    Deployments(KubernetesClient client, EventRecorder events) {
        this.client = client;
        this.events = events;
    }

    void reconcile(Deployment deployment) {
        List<ReplicaSet> all = sets(deployment);
        String hash = TemplateHash.of(deployment.getSpec().getTemplate());
        Optional<ReplicaSet> present =
                all.stream().filter(set -> hasHash(set, hash)).findFirst();
        if (deployment.getMetadata().getDeletionTimestamp() == null) {
            List<ReplicaSet> old =
                    all.stream().filter(set -> !hasHash(set, hash)).toList();
            roll(deployment, present, old, hash);
            forget(deployment, old);
        }
        status(deployment, sets(deployment), hash);
    }

    private List<ReplicaSet> sets(Deployment deployment) {
        return client
                .apps()
                .replicaSets()
                .inNamespace(deployment.getMetadata().getNamespace())
                .list()
                .getItems()
                .stream()
                .filter(set -> ControlledPods.isControlledBy(set, deployment))
                .toList();
    }

    private static boolean hasHash(ReplicaSet set, String hash) {
        return hash.equals(set.getMetadata().getLabels().get(HASH));
    }

    private void roll(Deployment deployment, Optional<ReplicaSet> present, List<ReplicaSet> old, String hash) {
        int wanted = deployment.getSpec().getReplicas();
        boolean recreate = "Recreate".equals(deployment.getSpec().getStrategy().getType());
        boolean oldRun = old.stream()
                .anyMatch(set -> replicas(set) > 0 || set.getStatus().getReplicas() > 0);
        long revision = old.stream().mapToLong(Deployments::revision).max().orElse(0) + 1;
        if (recreate && oldRun) {
            old.forEach(set -> scale(deployment, set, 0));
        } else if (present.isEmpty()) {
            ReplicaSet created =
                    client.resource(set(deployment, hash, revision)).create();
            scaled(deployment, created, 0, wanted);
            annotate(deployment, revision);
        } else {
            if (revision(present.get()) < revision) {
                annotate(present.get(), revision);
                annotate(deployment, revision);
            }
            scale(deployment, present.get(), wanted);
            if (ready(present.get()) >= wanted) {
                old.forEach(set -> scale(deployment, set, 0));
            }
        }
    }

    private void scale(Deployment deployment, ReplicaSet set, int replicas) {
        if (replicas(set) != replicas) {
            client.resource(set).scale(replicas);
            scaled(deployment, set, replicas(set), replicas);
        }
    }

    private void scaled(Deployment deployment, ReplicaSet set, int before, int now) {
        if (before != now) {
            events.normal(
                    deployment,
                    "ScalingReplicaSet",
                    "Scaled %s replica set %s from %d to %d"
                            .formatted(
                                    now > before ? "up" : "down",
                                    set.getMetadata().getName(),
                                    before,
                                    now));
        }
    }

    private void annotate(HasMetadata object, long revision) {
        client.resource(object)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"" + REVISION + "\":\"" + revision + "\"}}}");
    }

    /** Old templates beyond the limit are no longer kept for a roll back. */
    private void forget(Deployment deployment, List<ReplicaSet> old) {
        List<ReplicaSet> idle = old.stream()
                .filter(set -> replicas(set) == 0 && set.getStatus().getReplicas() == 0)
                .sorted(Comparator.comparing(Deployments::revision))
                .toList();
        idle.stream()
                .limit(Math.max(0, idle.size() - deployment.getSpec().getRevisionHistoryLimit()))
                .forEach(set -> client.resource(set).delete());
    }

    private static ReplicaSet set(Deployment deployment, String hash, long revision) {
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withNamespace(deployment.getMetadata().getNamespace())
                .withName(deployment.getMetadata().getName() + "-" + hash)
                .withLabels(deployment.getSpec().getTemplate().getMetadata().getLabels())
                .addToLabels(HASH, hash)
                .addToAnnotations(REVISION, Long.toString(revision))
                .withOwnerReferences(ControlledPods.controller(deployment))
                .endMetadata()
                .withNewSpec()
                .withReplicas(deployment.getSpec().getReplicas())
                .withNewSelectorLike(deployment.getSpec().getSelector())
                .addToMatchLabels(HASH, hash)
                .endSelector()
                .withNewTemplateLike(deployment.getSpec().getTemplate())
                .editMetadata()
                .addToLabels(HASH, hash)
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
    }

    private void status(Deployment deployment, List<ReplicaSet> sets, String hash) {
        int wanted = deployment.getSpec().getReplicas();
        int total = sets.stream()
                .mapToInt(set -> orZero(set.getStatus().getReplicas()))
                .sum();
        int ready = sets.stream().mapToInt(Deployments::ready).sum();
        int updated = sets.stream()
                .filter(set -> hasHash(set, hash))
                .mapToInt(set -> orZero(set.getStatus().getReplicas()))
                .sum();
        boolean complete = updated == wanted && total == wanted && ready == wanted;
        DeploymentStatus before = deployment.getStatus();
        DeploymentStatus status = new DeploymentStatusBuilder()
                .withReplicas(total)
                .withUpdatedReplicas(updated)
                .withReadyReplicas(ready)
                .withAvailableReplicas(ready)
                .withUnavailableReplicas(Math.max(0, wanted - ready))
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withConditions(
                        condition(
                                before,
                                "Available",
                                ready >= wanted,
                                ready >= wanted ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable"),
                        condition(
                                before, "Progressing", true, complete ? "NewReplicaSetAvailable" : "ReplicaSetUpdated"))
                .build();
        if (!status.equals(before)) {
            Statuses.write(client, deployment, status);
        }
    }

    private static DeploymentCondition condition(DeploymentStatus before, String type, boolean is, String reason) {
        String text = is ? "True" : "False";
        Optional<DeploymentCondition> same = before == null
                ? Optional.empty()
                : before.getConditions().stream()
                        .filter(c -> c.getType().equals(type)
                                && c.getStatus().equals(text)
                                && c.getReason().equals(reason))
                        .findFirst();
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return same.orElseGet(() -> new DeploymentConditionBuilder()
                .withType(type)
                .withStatus(text)
                .withReason(reason)
                .withMessage(reason)
                .withLastTransitionTime(now)
                .withLastUpdateTime(now)
                .build());
    }

    private static long revision(ReplicaSet set) {
        Map<String, String> annotations = set.getMetadata().getAnnotations();
        return Long.parseLong(annotations == null ? "0" : annotations.getOrDefault(REVISION, "0"));
    }

    private static int replicas(ReplicaSet set) {
        return set.getSpec().getReplicas();
    }

    private static int ready(ReplicaSet set) {
        return orZero(set.getStatus().getReadyReplicas());
    }

    private static int orZero(Integer number) {
        return number == null ? 0 : number;
    }
}
