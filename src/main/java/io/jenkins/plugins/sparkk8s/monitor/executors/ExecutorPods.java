package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.kubernetes.ResourceVersions;
import io.jenkins.plugins.sparkk8s.monitor.pods.Mailbox;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodListener;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The executors of one application as they are known: a fold over its pods by the rules of Spark's own driver
 * ({@code ExecutorPodsSnapshot}). A deletion never removes an executor, only a full list does; and what is older than what
 * is known changes nothing.
 *
 * <p>There is one state of each executor, and each change is handed on as it comes. So memory grows with the executors and
 * not, as with a queue of snapshots, with the changes times the executors; and no step of an executor is passed over. Used
 * by tasks of the application's mailbox only.
 */
public final class ExecutorPods implements PodListener {
    /** A bit each; an id that is made up must not cost more. */
    private static final int MOST_REMEMBERED = 1 << 20;

    private final ExecutorSettings settings;
    private final ExecutorEvents events;
    private final MonitorContext context;
    private final ExecutorSetPods sets;
    private final SortedMap<Long, ExecutorPodState> executors = new TreeMap<>();
    /** Executors that a list no longer had; their ids are not used again. */
    private final BitSet gone = new BitSet();

    private String firstListVersion;
    private String listVersion;
    private boolean isFull;
    private Mailbox.Timer batch;

    public ExecutorPods(MonitorContext context, ExecutorSettings settings, ExecutorEvents events) {
        this.context = context;
        this.settings = settings;
        this.events = events;
        this.sets = new ExecutorSetPods(
                settings.mapper(), context.lines(), !events.counts().equals(ExecutorCounts.NONE));
        events.describeRemovals(settings.removals());
    }

    /** Whether a pod of the application is an executor. */
    public static boolean isExecutor(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels != null && Labels.EXECUTOR_ROLE.equals(labels.get(Labels.ROLE));
    }

    @Override
    public void listed(List<Pod> pods, String version) {
        if (!settings.isFollowed()) {
            return;
        }
        SortedMap<Long, ExecutorPodState> listed = new TreeMap<>();
        List<Pod> active =
                pods.stream().filter(pod -> isExecutor(pod) && !isInactive(pod)).toList();
        sets.listed(active, version, this::state)
                .forEach(state -> listed.put(state.pod().executorId(), state));
        // The list may have been taken before a change that has already been received.
        executors.values().stream()
                .filter(known -> ResourceVersions.isNewer(known.pod().resourceVersion(), version))
                .forEach(known -> listed.put(known.pod().executorId(), known));
        executors.keySet().stream().filter(id -> !listed.containsKey(id)).forEach(this::markGone);
        executors.clear();
        executors.putAll(listed);
        listVersion = version;
        firstListVersion = firstListVersion == null ? version : firstListVersion;
        isFull = true;
        events.waitForId(sets.waiting());
        events.listed(executors);
        sets.report();
        countLater();
    }

    /** A list mostly has the versions of the pods that are known. */
    private Optional<ExecutorPodState> state(Pod pod) {
        Optional<ExecutorPodState> known = ExecutorPodMapper.executorId(pod).stream()
                .mapToObj(executors::get)
                .filter(state -> state != null
                        && !(state instanceof ExecutorPodState.Deleted)
                        && isSameVersion(state.pod(), pod.getMetadata()))
                .findFirst();
        return known.isPresent() ? known : settings.mapper().map(pod);
    }

    private static boolean isSameVersion(PodFacts known, ObjectMeta metadata) {
        return known.uid() != null
                && known.uid().equals(metadata.getUid())
                && known.resourceVersion() != null
                && known.resourceVersion().equals(metadata.getResourceVersion());
    }

    @Override
    public void changed(Pod pod) {
        if (isInactive(pod)) {
            // A finished executor that is kept leaves in this way; one that was not known is none of the application's.
            if (isKnown(pod)) {
                settings.mapper().mapDeleted(pod).ifPresent(this::update);
            }
        } else if (settings.following().watch()) {
            sets.changed(pod, settings.mapper().map(pod)).forEach(this::update);
            countWaiting();
        }
    }

    @Override
    public void deleted(Pod pod) {
        if (settings.following().watch() && (!isInactive(pod) || isKnown(pod))) {
            sets.deleted(pod).forEach(this::update);
            countWaiting();
        }
    }

    private void countWaiting() {
        if (isFull) {
            sets.report();
            if (events.waitForId(sets.waiting())) {
                countLater();
            }
        }
    }

    /** Those that are pending: with their reasons, and pods of a set that have no id yet. */
    List<PendingExecutor> pending() {
        return Stream.concat(
                        executors.values().stream()
                                .filter(state -> state instanceof ExecutorPodState.Pending)
                                .map(state -> PendingExecutor.of(state.pod())),
                        sets.pending())
                .toList();
    }

    /** The hash in the name of the ReplicaSet that has made pods of a resource profile; null when none is known. */
    String templateHash(int profile) {
        return sets.templateHash(profile);
    }

    /** All executors by id, ascending; unmodifiable. */
    public SortedMap<Long, ExecutorPodState> known() {
        return Collections.unmodifiableSortedMap(executors);
    }

    private void update(ExecutorPodState state) {
        if (!settings.following().watch() || isOutdated(state)) {
            return;
        }
        if (isGone(state)) {
            events.changedBeforeItVanished(state);
            countLater();
            return;
        }
        executors.put(state.pod().executorId(), state);
        // Before the first list nothing is known of the other executors, nor which of them had been reported.
        if (isFull) {
            events.changed(state);
            countLater();
        }
    }

    private boolean isOutdated(ExecutorPodState state) {
        return Optional.ofNullable(executors.get(state.pod().executorId()))
                .filter(known -> ResourceVersions.isNewer(
                        known.pod().resourceVersion(), state.pod().resourceVersion()))
                .isPresent();
    }

    private void markGone(long id) {
        if (id >= 0 && id < MOST_REMEMBERED) {
            gone.set((int) id);
        }
    }

    /** A watch that continues from before a list repeats what happened to executors that have gone since. */
    private boolean isGone(ExecutorPodState state) {
        long id = state.pod().executorId();
        String version = state.pod().resourceVersion();
        boolean wasKnown = id >= 0 && id < MOST_REMEMBERED && gone.get((int) id);
        return !executors.containsKey(id)
                && (ResourceVersions.isNewer(firstListVersion, version)
                        || wasKnown && !ResourceVersions.isNewer(version, listVersion));
    }

    private boolean isKnown(Pod pod) {
        return settings.mapper()
                .map(pod)
                .map(state -> executors.get(state.pod().executorId()))
                .filter(known -> pod.getMetadata().getUid().equals(known.pod().uid()))
                .isPresent();
    }

    private static boolean isInactive(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels != null && "true".equals(labels.get(Labels.INACTIVE));
    }

    /** A batch of changes is counted once. */
    private void countLater() {
        if (batch == null) {
            batch = context.mailbox()
                    .schedule(
                            () -> {
                                batch = null;
                                events.count();
                            },
                            settings.batchInterval());
        }
    }
}
