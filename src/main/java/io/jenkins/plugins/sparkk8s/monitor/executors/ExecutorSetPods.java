package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.kubernetes.Pods;
import io.jenkins.plugins.sparkk8s.kubernetes.ResourceVersions;
import io.jenkins.plugins.sparkk8s.monitor.driver.PendingReason;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Executors whose pods a StatefulSet or a Deployment makes: a pod gets the id of its executor as a label when that has
 * registered, and its container is started again when it has ended, as another executor with an id of its own. So one pod
 * stands for several executors, one after the other, and for none while it waits for an id. Pods that the driver makes
 * itself pass unchanged. Used by tasks of the application's mailbox only.
 */
final class ExecutorSetPods {
    /** What Spark writes in place of an id ({@code StatefulSetPodsAllocator}). */
    private static final String NO_ID = "EXECID";

    private static final int MOST_PROFILES = 100;

    private final ExecutorPodMapper mapper;
    private final EventLines lines;
    private final Map<String, Seen> seen = new HashMap<>();
    private final List<String> news = new ArrayList<>();
    /** Of pods by a Deployment, by the id of their resource profile. */
    private final Map<String, String> hashes = new HashMap<>();

    private boolean isReporting;
    private int waiting;

    /**
     * A pod as it was seen last.
     *
     * @param id of its executor; null before the first
     * @param start number of the container's start, from 0
     * @param waits whether the next executor has no id yet
     * @param reason why that does not start, as it was reported; null when it was not
     * @param pending the pod as long as it waits, and why it does now; null when it does not wait
     */
    private record Seen(Long id, int start, boolean waits, String reason, PendingExecutor pending, String version) {
        /** An executor that ended without its id having been taken from the pod. */
        boolean isOver(Long nowId, int nowStart) {
            return id != null && !waits && (!id.equals(nowId) || nowStart > start);
        }

        boolean isFormer(Long nowId, int nowStart) {
            return id != null && id.equals(nowId) && (waits || nowStart > start);
        }
    }

    /** @param isResumed whether the pods that the first list shows were reported by an earlier monitor */
    ExecutorSetPods(ExecutorPodMapper mapper, EventLines lines, boolean isResumed) {
        this.mapper = mapper;
        this.lines = lines;
        this.isReporting = !isResumed;
    }

    /** How many pods wait for the id of their next executor. */
    int waiting() {
        return waiting;
    }

    /** The states of the executors of all pods; {@code mapped} is as for {@link #changed}. */
    List<ExecutorPodState> listed(List<Pod> pods, String version, Function<Pod, Optional<ExecutorPodState>> mapped) {
        List<ExecutorPodState> states = new ArrayList<>();
        Set<String> uids = new HashSet<>();
        for (Pod pod : pods) {
            uids.add(pod.getMetadata().getUid());
            states.addAll(changed(pod, mapped.apply(pod)));
        }
        List<String> gone = seen.entrySet().stream()
                .filter(entry -> !uids.contains(entry.getKey())
                        && !ResourceVersions.isNewer(entry.getValue().version(), version))
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(this::remove);
        if (!isReporting) {
            news.clear();
            isReporting = true;
        }
        return states;
    }

    /**
     * The new states that a pod as it is now stands for; that of an executor which has ended comes first.
     *
     * @param mapped the state that its label and containers mean
     */
    List<ExecutorPodState> changed(Pod pod, Optional<ExecutorPodState> mapped) {
        if (!isOfSet(pod)) {
            return mapped.stream().toList();
        }
        String version = pod.getMetadata().getResourceVersion();
        Seen before = seen.get(pod.getMetadata().getUid());
        if (before != null && ResourceVersions.isNewer(before.version(), version)) {
            return mapped.filter(state -> !before.waits() && id(state).equals(before.id())).stream()
                    .toList();
        }
        Long id = mapped.map(ExecutorSetPods::id).orElse(null);
        int start = start(pod);
        boolean isFormer = before != null && before.isFormer(id, start);
        List<ExecutorPodState> states = new ArrayList<>();
        if (before != null && before.isOver(id, start)) {
            states.add(mapper.mapRestarted(before.id(), pod));
        }
        if (!isFormer) {
            mapped.ifPresent(states::add);
        }
        boolean waits = id == null || isFormer;
        String reason = waits ? reported(pod, before) : null;
        PendingExecutor pending = waits ? PendingExecutor.of(pod, mapper.executorContainer()) : null;
        put(pod.getMetadata().getUid(), new Seen(id, start, waits, reason, pending, version));
        noteHash(pod);
        return states;
    }

    private void noteHash(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        String profile = labels.get(Labels.RESOURCE_PROFILE);
        String hash = labels.get(Labels.TEMPLATE_HASH);
        if (profile != null && hash != null && hashes.size() < MOST_PROFILES) {
            hashes.put(profile, hash);
        }
    }

    /** As {@link ExecutorPods#templateHash}. */
    String templateHash(int profile) {
        return hashes.get(Integer.toString(profile));
    }

    /** The pods that wait for the id of their next executor. */
    Stream<PendingExecutor> pending() {
        return seen.values().stream().map(Seen::pending).filter(Objects::nonNull);
    }

    /** The last states of the executors of a pod that is gone. */
    List<ExecutorPodState> deleted(Pod pod) {
        Seen before = remove(pod.getMetadata().getUid());
        if (before == null || !before.waits()) {
            return mapper.mapDeleted(pod).stream().toList();
        }
        news.add(
                "executor pod %s: Pending → Deleted".formatted(pod.getMetadata().getName()));
        return List.of();
    }

    private static Long id(ExecutorPodState state) {
        return state.pod().executorId();
    }

    private static boolean isOfSet(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        boolean restarts =
                pod.getSpec() != null && "Always".equals(pod.getSpec().getRestartPolicy());
        return restarts || labels != null && NO_ID.equals(labels.get(Labels.EXECUTOR_ID));
    }

    /** A container that waits to be started again is counted only when it has been. */
    private int start(Pod pod) {
        return container(pod)
                .map(status -> {
                    int restarts = status.getRestartCount() == null ? 0 : status.getRestartCount();
                    return Pods.waiting(status).isPresent() && ended(status).isPresent() ? restarts + 1 : restarts;
                })
                .orElse(0);
    }

    private Optional<ContainerStatus> container(Pod pod) {
        return Pods.container(pod, mapper.executorContainer());
    }

    static Optional<ContainerStateTerminated> ended(ContainerStatus status) {
        return Optional.ofNullable(status.getLastState()).map(ContainerState::getTerminated);
    }

    /** Prints what is new of pods that wait; for when the states of the executors have been reported. */
    void report() {
        if (isReporting) {
            news.forEach(lines::spark);
            news.clear();
        }
    }

    /** The reason that has been reported of a pod that begins to wait, or has a new reason to. */
    private String reported(Pod pod, Seen before) {
        Optional<PendingReason> reason = PendingReason.of(pod, mapper.executorContainer());
        String printed = before == null || !before.waits() ? null : before.reason();
        boolean isNews = before == null
                || !before.waits()
                || reason.filter(now -> now.isNewsAfter(printed)).isPresent();
        if (isNews) {
            news.add("executor pod %s: Pending%s"
                    .formatted(
                            pod.getMetadata().getName(),
                            reason.map(why -> ": " + why).orElse("")));
        }
        return isNews ? reason.map(PendingReason::reason).orElse(printed) : printed;
    }

    private void put(String uid, Seen now) {
        remove(uid);
        seen.put(uid, now);
        waiting += now.waits() ? 1 : 0;
    }

    private Seen remove(String uid) {
        Seen before = seen.remove(uid);
        waiting -= before != null && before.waits() ? 1 : 0;
        return before;
    }
}
