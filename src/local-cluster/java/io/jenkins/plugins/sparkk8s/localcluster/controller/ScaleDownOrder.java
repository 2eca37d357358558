package io.jenkins.plugins.sparkk8s.localcluster.controller;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which pod of a ReplicaSet goes first when there are too many; see
 * <a href="https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#scaling-a-replicaset">Scaling a
 * ReplicaSet</a>.
 */
final class ScaleDownOrder {

    /** The annotation by which a user says what the deletion of a pod costs. */
    static final String COST = "controller.kubernetes.io/pod-deletion-cost";

    private static final List<String> PHASES = List.of("Pending", "Unknown", "Running");

    /** Pods that are to be deleted first come first. */
    static final Comparator<Pod> FIRST_TO_GO = Comparator.<Pod, Boolean>comparing(
                    pod -> pod.getSpec().getNodeName() != null)
            .thenComparing(pod -> PHASES.indexOf(String.valueOf(pod.getStatus().getPhase())))
            .thenComparing(ControlledPods::isReady)
            .thenComparing(ScaleDownOrder::cost)
            .thenComparing(ScaleDownOrder::readySince, Comparator.reverseOrder())
            .thenComparing(ScaleDownOrder::restarts, Comparator.reverseOrder())
            .thenComparing(pod -> pod.getMetadata().getCreationTimestamp(), Comparator.reverseOrder());

    private ScaleDownOrder() {}

    /** The cost as annotated; 0 without an annotation, and for one that is no 32-bit number. */
    private static int cost(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        String cost = annotations == null ? null : annotations.get(COST);
        if (cost == null || !cost.matches("-?[0-9]{1,10}")) {
            return 0;
        }
        long value = Long.parseLong(cost);
        return value == (int) value ? (int) value : 0;
    }

    private static String readySince(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready") && condition.getLastTransitionTime() != null)
                .map(condition -> condition.getLastTransitionTime())
                .findFirst()
                .orElse("");
    }

    private static int restarts(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .mapToInt(status -> status.getRestartCount() == null ? 0 : status.getRestartCount())
                .max()
                .orElse(0);
    }
}
