package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.Pods;
import io.jenkins.plugins.sparkk8s.monitor.driver.PendingReason;

/**
 * A pod of an executor that does not run yet.
 *
 * @param podName name of the pod
 * @param reason why, as the pod itself says; null for the ordinary steps of a start
 * @param isScheduled whether it has a node
 */
record PendingExecutor(String podName, PendingReason reason, boolean isScheduled) {

    static PendingExecutor of(PodFacts pod) {
        return new PendingExecutor(
                pod.podName(),
                pod.waitingReason() == null ? null : new PendingReason(pod.waitingReason(), pod.message()),
                pod.node() != null);
    }

    /** @param container name of Spark's container */
    static PendingExecutor of(Pod pod, String container) {
        return new PendingExecutor(
                pod.getMetadata().getName(),
                PendingReason.of(pod, container).orElse(null),
                Pods.node(pod).isPresent());
    }
}
