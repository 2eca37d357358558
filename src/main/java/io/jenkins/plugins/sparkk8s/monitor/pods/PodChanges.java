package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.kubernetes.Pods;
import io.jenkins.plugins.sparkk8s.kubernetes.ResourceVersions;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * The changes of an application's pods that it has not taken yet. What is kept grows with the steps that its pods have
 * made and not with the events about them: of two versions of a pod in the same step the newer one is enough. No step is
 * left out, so that an executor that failed and was replaced meanwhile is still reported. Not thread-safe.
 */
final class PodChanges {
    /** A list of a poll that finds so many lists before it is left out; the next one is as good. */
    private static final int MOST_LISTS = 2;

    private final Queue<Entry> entries = new ArrayDeque<>();
    private final Map<String, Change> latest = new HashMap<>();
    private int lists;

    private sealed interface Entry {
        void deliverTo(PodListener listener);
    }

    private record Listing(List<Pod> pods, String version) implements Entry {
        @Override
        public void deliverTo(PodListener listener) {
            listener.listed(pods, version);
        }
    }

    private static final class Change implements Entry {
        private final Step step;
        private Pod pod;

        Change(Step step, Pod pod) {
            this.step = step;
            this.pod = pod;
        }

        void takeNewer(Pod other) {
            boolean isOlder = ResourceVersions.isNewer(
                    pod.getMetadata().getResourceVersion(), other.getMetadata().getResourceVersion());
            pod = isOlder ? pod : other;
        }

        @Override
        public void deliverTo(PodListener listener) {
            if (step.deleted()) {
                listener.deleted(pod);
            } else {
                listener.changed(pod);
            }
        }
    }

    /** What distinguishes two versions of a pod for those who follow it. */
    private record Step(
            boolean deleted,
            Optional<String> phase,
            Optional<String> reason,
            Optional<String> node,
            boolean deletionRequested,
            boolean inactive,
            List<String> containers) {

        static Step of(Pod pod, boolean deleted) {
            Map<String, String> labels = pod.getMetadata().getLabels();
            return new Step(
                    deleted,
                    Pods.phase(pod),
                    Pods.reason(pod),
                    Pods.node(pod),
                    Pods.deletionRequested(pod),
                    labels != null && "true".equals(labels.get(Labels.INACTIVE)),
                    Pods.containers(pod).stream().map(Step::of).toList());
        }

        private static String of(ContainerStatus status) {
            ContainerState state = status.getState();
            if (state == null) {
                return status.getName();
            }
            String step = state.getTerminated() != null
                    ? "terminated " + state.getTerminated().getExitCode()
                    : state.getRunning() != null
                            ? "running"
                            : Pods.waiting(status)
                                    .map(waiting -> "waiting " + waiting.getReason())
                                    .orElse("");
            return status.getName() + " " + step;
        }
    }

    /** @return whether there is one entry more */
    boolean add(Pod pod, boolean deleted) {
        Step step = Step.of(pod, deleted);
        Change before = latest.get(pod.getMetadata().getUid());
        if (before != null && before.step.equals(step)) {
            before.takeNewer(pod);
            return false;
        }
        Change change = new Change(step, pod);
        latest.put(pod.getMetadata().getUid(), change);
        return entries.add(change);
    }

    /**
     * @param poll whether nothing but time has led to the list
     * @return whether there is one entry more
     */
    boolean add(List<Pod> pods, String version, boolean poll) {
        if (poll && lists >= MOST_LISTS) {
            return false;
        }
        lists++;
        latest.clear();
        return entries.add(new Listing(pods, version));
    }

    /** Takes the oldest entry out; empty when there is none. */
    Optional<Runnable> take(PodListener listener) {
        Entry next = entries.poll();
        if (next instanceof Change change) {
            latest.remove(change.pod.getMetadata().getUid(), change);
        } else if (next != null) {
            lists--;
        }
        return Optional.ofNullable(next).map(entry -> () -> entry.deliverTo(listener));
    }

    int size() {
        return entries.size();
    }
}
