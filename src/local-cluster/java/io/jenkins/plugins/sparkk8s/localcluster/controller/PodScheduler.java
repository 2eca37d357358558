package io.jenkins.plugins.sparkk8s.localcluster.controller;

import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.localcluster.client.EventRecorder;
import io.jenkins.plugins.sparkk8s.localcluster.client.Informers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Binds pods to nodes that are ready, match the node selector and have CPU and memory left; reports why it cannot as
 * kube-scheduler does. Serves only pods that name it, as {@code default-scheduler}.
 */
public final class PodScheduler implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(PodScheduler.class.getName());
    private static final String NAME = "default-scheduler";

    private final KubernetesClient client;
    private final EventRecorder events;
    private final ControlLoop loop = new ControlLoop("pod-scheduler", this::schedule);
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<Node> nodes;
    private final SharedIndexInformer<PersistentVolumeClaim> claims;
    /** Bindings that the pod informer has not shown yet, by uid. */
    private final Map<String, String> assumed = new HashMap<>();
    /** Last refusal of each unschedulable pod, by uid. */
    private final Map<String, String> refusals = new HashMap<>();

    /**
     * Starts scheduling.
     *
     * @param config how to reach the API server, with all rights
     */
    public PodScheduler(Config config) {
        client = Informers.patientClient(config);
        events = new EventRecorder(client, NAME, null);
        pods = Informers.start(client.pods().inAnyNamespace(), pod -> loop.wake(), pod -> loop.wake());
        nodes = Informers.start(client.nodes(), node -> loop.wake(), node -> loop.wake());
        claims = Informers.start(
                client.persistentVolumeClaims().inAnyNamespace(), claim -> loop.wake(), claim -> loop.wake());
        informers.addAll(List.of(pods, nodes, claims));
        loop.start();
    }

    private void schedule() {
        List<Pod> all = pods.getStore().list();
        assumed.keySet().removeIf(uid -> all.stream().noneMatch(pod -> uid(pod).equals(uid) && node(pod) == null));
        refusals.keySet().removeIf(uid -> all.stream().noneMatch(pod -> uid(pod).equals(uid)));
        all.stream()
                .filter(this::isWaiting)
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
                .forEach(pod -> place(pod, all));
    }

    private boolean isWaiting(Pod pod) {
        String scheduler = pod.getSpec().getSchedulerName();
        return node(pod) == null
                && !assumed.containsKey(uid(pod))
                && pod.getMetadata().getDeletionTimestamp() == null
                && !isOver(pod)
                && (scheduler == null || scheduler.isEmpty() || scheduler.equals(NAME));
    }

    private void place(Pod pod, List<Pod> all) {
        List<Node> candidates = nodes.getStore().list();
        Optional<String> claimRefusal = claimRefusal(pod);
        if (claimRefusal.isPresent()) {
            refuse(pod, "0/" + candidates.size() + " nodes are available: " + claimRefusal.get() + ".");
            return;
        }
        Map<String, Integer> reasons = new TreeMap<>();
        for (Node candidate : candidates) {
            String name = candidate.getMetadata().getName();
            List<Pod> bound = all.stream()
                    .filter(other -> name.equals(assumed.getOrDefault(uid(other), node(other))) && !isOver(other))
                    .toList();
            Optional<String> refusal = new NodeCapacity(candidate, bound).refusal(pod);
            if (refusal.isEmpty()) {
                bind(pod, name);
                return;
            }
            reasons.merge(refusal.get(), 1, Integer::sum);
        }
        String why = reasons.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        refuse(
                pod,
                candidates.isEmpty()
                        ? "no nodes available to schedule pods"
                        : "0/" + candidates.size() + " nodes are available: " + why + ".");
    }

    private Optional<String> claimRefusal(Pod pod) {
        for (Volume volume : pod.getSpec().getVolumes()) {
            if (volume.getPersistentVolumeClaim() != null) {
                String name = volume.getPersistentVolumeClaim().getClaimName();
                PersistentVolumeClaim claim =
                        claims.getStore().getByKey(pod.getMetadata().getNamespace() + "/" + name);
                if (claim == null) {
                    return Optional.of("persistentvolumeclaim \"" + name + "\" not found");
                }
                if (claim.getStatus() == null
                        || !"Bound".equals(claim.getStatus().getPhase())) {
                    return Optional.of("pod has unbound immediate PersistentVolumeClaims");
                }
            }
        }
        return Optional.empty();
    }

    private void bind(Pod pod, String node) {
        String namespace = pod.getMetadata().getNamespace();
        String name = pod.getMetadata().getName();
        Binding binding = new BindingBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withUid(uid(pod))
                .endMetadata()
                .withNewTarget()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(node)
                .endTarget()
                .build();
        try {
            client.raw(
                    "/api/v1/namespaces/" + namespace + "/pods/" + name + "/binding",
                    "POST",
                    Serialization.asJson(binding));
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404 || e.getCode() == 409) {
                LOGGER.log(Level.FINE, e, () -> "Pod " + name + " changed before it was bound");
                return;
            }
            throw e;
        }
        assumed.put(uid(pod), node);
        refusals.remove(uid(pod));
        events.normal(pod, "Scheduled", "Successfully assigned " + namespace + "/" + name + " to " + node);
    }

    private void refuse(Pod pod, String message) {
        if (message.equals(refusals.get(uid(pod)))) {
            return;
        }
        PodCondition condition = new PodConditionBuilder()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage(message)
                .withLastTransitionTime(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .build();
        Pod patch = new PodBuilder()
                .withNewMetadata()
                .withUid(uid(pod))
                .endMetadata()
                .withNewStatus()
                .withPhase("Pending")
                .withConditions(condition)
                .endStatus()
                .build();
        try {
            client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch));
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404 || e.getCode() == 409) {
                LOGGER.log(Level.FINE, e, () -> "Pod changed before it was refused");
                return;
            }
            throw e;
        }
        refusals.put(uid(pod), message);
        events.warning(pod, "FailedScheduling", message);
    }

    private static boolean isOver(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    private static String node(Pod pod) {
        String node = pod.getSpec().getNodeName();
        return node == null || node.isEmpty() ? null : node;
    }

    /** Stops scheduling. */
    @Override
    public void close() {
        loop.close();
        informers.forEach(SharedIndexInformer::stop);
        events.close();
        client.close();
    }
}
