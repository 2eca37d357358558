package io.jenkins.plugins.sparkk8s.monitor.executors;

import java.time.Instant;

/**
 * What is kept of one executor pod: enough for a line and a count, a fraction of the pod's size.
 *
 * @param executorId value of the {@code spark-exec-id} label
 * @param podName name of the pod
 * @param uid uid of the pod; null when the API server gave none
 * @param node where it was scheduled; null before that
 * @param exitCode of the terminated Spark container; null while it runs, or when its status is gone
 * @param reason the container's or the pod's own word for how it ended, such as {@code OOMKilled} or {@code Evicted};
 *     null when there is none
 * @param message text to that reason, or to the waiting reason; null when there is none
 * @param waitingReason why a pending pod does not run, such as {@code ImagePullBackOff} or {@code Unschedulable}; null
 *     for the ordinary steps of a start
 * @param times when its pod was created, and its Spark container began and ended
 * @param removalRequested whether the pod was to be deleted before its container ended by itself
 * @param log which log of the pod is its
 * @param resourceVersion version of the pod; null when the API server gave none
 */
public record PodFacts(
        long executorId,
        String podName,
        String uid,
        String node,
        Integer exitCode,
        String reason,
        String message,
        String waitingReason,
        PodTimes times,
        boolean removalRequested,
        Log log,
        String resourceVersion) {

    /**
     * Which log is that of the executor.
     *
     * @param container null when the pod has none of the configured name
     * @param previous whether the container has been started again since
     */
    public record Log(String container, boolean previous) {}

    /** When the Spark container ended, by its node's clock; null when it did not, or is not known. */
    Instant finishedAt() {
        return times.finished();
    }
}
