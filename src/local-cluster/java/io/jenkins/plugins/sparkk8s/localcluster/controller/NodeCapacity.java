package io.jenkins.plugins.sparkk8s.localcluster.controller;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What a node has left for one more pod: allocatable minus the requests of the pods bound to it. */
final class NodeCapacity {

    private final Node node;
    private final Collection<Pod> bound;

    /** {@code bound} are the pods of this node that have not ended. */
    NodeCapacity(Node node, Collection<Pod> bound) {
        this.node = node;
        this.bound = bound;
    }

    /** Why the pod cannot run here, in the scheduler's words; empty when it can. */
    Optional<String> refusal(Pod pod) {
        if (!isReady()) {
            return Optional.of("node(s) were not ready");
        }
        if (!matches(pod)) {
            return Optional.of("node(s) didn't match Pod's node affinity/selector");
        }
        if (BigDecimal.valueOf(bound.size()).compareTo(allocatable("pods")) >= 0) {
            return Optional.of("Too many pods");
        }
        for (String resource : new String[] {"cpu", "memory"}) {
            BigDecimal used =
                    bound.stream().map(other -> request(other, resource)).reduce(BigDecimal.ZERO, BigDecimal::add);
            if (used.add(request(pod, resource)).compareTo(allocatable(resource)) > 0) {
                return Optional.of("Insufficient " + resource);
            }
        }
        return Optional.empty();
    }

    private boolean isReady() {
        return node.getStatus() != null
                && !Boolean.TRUE.equals(node.getSpec().getUnschedulable())
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private boolean matches(Pod pod) {
        Map<String, String> selector = pod.getSpec().getNodeSelector();
        Map<String, String> labels = node.getMetadata().getLabels();
        return selector == null
                || selector.isEmpty()
                || labels != null && labels.entrySet().containsAll(selector.entrySet());
    }

    private BigDecimal allocatable(String resource) {
        Map<String, Quantity> allocatable = node.getStatus().getAllocatable();
        Quantity quantity = allocatable == null ? null : allocatable.get(resource);
        return quantity == null ? BigDecimal.ZERO : quantity.getNumericalAmount();
    }

    private static BigDecimal request(Pod pod, String resource) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Container container : pod.getSpec().getContainers()) {
            if (container.getResources() != null && container.getResources().getRequests() != null) {
                Quantity quantity = container.getResources().getRequests().get(resource);
                sum = quantity == null ? sum : sum.add(quantity.getNumericalAmount());
            }
        }
        return sum;
    }
}
