package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.jenkins.plugins.sparkk8s.monitor.driver.PendingReason;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorPodState.Pending;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reports every executor's transitions, and counts.
 *
 * <p>A line comes only with news. What happens to executors once the driver has ended is the driver's clean-up and no
 * failure; the same holds for a failure that came at or after the driver's end but was seen before it. Used by tasks of the application's
 * mailbox only, but for {@link #counts}.
 */
public final class ExecutorEvents {
    /** Lines about executors that wait for the same. */
    private static final int MOST_SAME = 3;

    private static final int MOST_REASONS = 100;

    private final Consumer<PodFacts> failed;
    private final EventLines lines;
    private final Clock clock;
    private final SortedMap<Long, ReportedState> known;
    /** When each failed, as milliseconds since the epoch. */
    private final SortedMap<Long, Long> failures;
    /** Volatile for readers on other threads. */
    private volatile ExecutorCounts counts;

    private ExecutorCounts printed;
    private final ExecutorHistory history;
    private final Explanations explanations;
    private final ExecutorTexts texts = new ExecutorTexts();
    /** The one that failed last; null before the first. */
    private PodFacts lastFailed;

    private final CompletableFuture<Void> allFinal = new CompletableFuture<>();
    /** Lines about pending executors, by what they wait for. */
    private final Map<String, Integer> reasonLines = new HashMap<>();
    /** Executors that were gone before it was seen how they ended. */
    private final Set<Long> vanishedUnseen = new HashSet<>();

    private long running;
    private long pending;
    private long waitingForId;
    private boolean driverEnded;

    /**
     * What has been reported of one executor.
     *
     * @param label of its state, as {@link ExecutorPodState#label}
     * @param isFinal whether nothing more is to be reported of it
     * @param waitingReason why it is pending; null when that is not known
     */
    record ReportedState(String label, boolean isFinal, String waitingReason) {
        static ReportedState of(ExecutorPodState state) {
            return new ReportedState(state.label(), state.isFinal(), state.pod().waitingReason());
        }

        boolean isRunning() {
            return label.equals("Running");
        }

        boolean isPending() {
            return label.equals("Pending");
        }

        ReportedState withReason(String reason) {
            return new ReportedState(label, isFinal, reason);
        }
    }

    /**
     * What has been reported of all executors.
     *
     * @param known those that were there, by id
     * @param failures when each that ended badly did so, as milliseconds since the epoch, by id
     * @param printed the counts as they were reported last
     * @param history what they did over time
     * @param explained when causes of missing or failing executors were explained
     */
    public record Reported(
            SortedMap<Long, ReportedState> known,
            SortedMap<Long, Long> failures,
            ExecutorCounts printed,
            ExecutorHistory.Recorded history,
            SortedMap<String, Long> explained) {
        public static final Reported NOTHING = new Reported(
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                ExecutorCounts.NONE,
                ExecutorHistory.Recorded.NOTHING,
                Collections.emptySortedMap());

        /** An earlier version kept neither history nor explanations. */
        public Reported {
            history = Objects.requireNonNullElse(history, ExecutorHistory.Recorded.NOTHING);
            explained = Objects.requireNonNullElse(explained, Collections.emptySortedMap());
        }
    }

    /** @param failed receives each executor that ends badly while the driver runs */
    public ExecutorEvents(EventLines lines, Clock clock, Reported reported, Consumer<PodFacts> failed) {
        this.failed = failed;
        this.lines = lines;
        this.clock = clock;
        this.known = new TreeMap<>(reported.known());
        this.failures = new TreeMap<>(reported.failures());
        this.printed = reported.printed();
        this.history = new ExecutorHistory(reported.history());
        this.explanations = new Explanations(reported.explained());
        this.counts = printed;
    }

    public Reported reported() {
        ExecutorCounts last = new ExecutorCounts(printed.running(), printed.pending(), counts.peak(), printed.failed());
        return new Reported(new TreeMap<>(known), new TreeMap<>(failures), last, history(), explanations.given());
    }

    /** What the executors did over time, up to now; may be called by any thread. */
    public ExecutorHistory.Recorded history() {
        return history.recorded(clock.instant());
    }

    /** Whether a cause for missing executors, which holds now, is to be explained. */
    boolean isNewExplanation(String key) {
        return explanations.isDue(key, clock.instant());
    }

    /** Warns of failures that come near to the end of the application, or of a crash loop. */
    void explainFailures(FailureLimit limit) {
        limit.warning(failures.values(), lastFailed, clock.instant())
                .filter(warning -> explanations.isFirst(warning.key(), clock.instant()))
                .ifPresent(warning -> lines.spark(warning.text()));
    }

    /** @param how in what way an executor's pod is removed while the driver runs, for the end of a line */
    void describeRemovals(String how) {
        texts.describeRemovals(how);
    }

    /**
     * Pods of a set whose executors have no id yet; they count as pending.
     *
     * @return whether the number is another one
     */
    boolean waitForId(long pods) {
        boolean isNews = waitingForId != pods;
        waitingForId = pods;
        updateCounts();
        return isNews;
    }

    /** All executors by id; one that was reported and is not among them is gone. */
    void listed(SortedMap<Long, ExecutorPodState> executors) {
        executors.values().forEach(this::report);
        known.entrySet().removeIf(entry -> {
            boolean vanished = !executors.containsKey(entry.getKey());
            if (vanished && !entry.getValue().isFinal()) {
                vanishedUnseen.add(entry.getKey());
                history.vanished(entry.getKey(), clock.instant());
                lines.executor(entry.getKey(), entry.getValue().label() + " → Deleted" + texts.removal());
            }
            return vanished;
        });
        running = known.values().stream().filter(ReportedState::isRunning).count();
        pending = known.values().stream().filter(ReportedState::isPending).count();
        updateCounts();
        history.counted(counts, clock.instant());
        completeWhenAllAreFinal();
    }

    /** One executor has a new state. */
    void changed(ExecutorPodState state) {
        ReportedState before = known.get(state.pod().executorId());
        report(state);
        ReportedState now = known.get(state.pod().executorId());
        running += count(now, ReportedState::isRunning) - count(before, ReportedState::isRunning);
        pending += count(now, ReportedState::isPending) - count(before, ReportedState::isPending);
        updateCounts();
        history.counted(counts, clock.instant());
        completeWhenAllAreFinal();
    }

    /** A late report on an executor that a list no longer had: how it ended may be news. */
    void changedBeforeItVanished(ExecutorPodState state) {
        long id = state.pod().executorId();
        if (state.isFailure() && vanishedUnseen.remove(id)) {
            lines.executor(id, "Deleted → " + texts.describe(state));
            countFailure(state);
            updateCounts();
        }
    }

    private static int count(ReportedState state, Predicate<ReportedState> what) {
        return state != null && what.test(state) ? 1 : 0;
    }

    private void updateCounts() {
        counts = new ExecutorCounts(running, pending + waitingForId, Math.max(counts.peak(), running), failures.size());
    }

    /** Prints the counts when they are others than those that were printed last. */
    void count() {
        history.counted(counts, clock.instant());
        boolean news = counts.running() != printed.running()
                || counts.pending() != printed.pending()
                || counts.failed() != printed.failed();
        if (news && !driverEnded) {
            lines.spark(counts.toString());
            printed = counts;
        }
    }

    /**
     * From now on executors only go.
     *
     * @param at when the driver ended, by its node's clock; null when it is not known
     * @return completes when no executor is left that could still change; the caller bounds the time
     */
    public CompletableFuture<Void> driverEnded(Instant at) {
        driverEnded = true;
        texts.driverEnded();
        history.driverEnded(at);
        if (at != null) {
            failures.values().removeIf(failedAt -> failedAt >= at.toEpochMilli());
            counts = new ExecutorCounts(counts.running(), counts.pending(), counts.peak(), failures.size());
        }
        completeWhenAllAreFinal();
        return allFinal;
    }

    private void completeWhenAllAreFinal() {
        if (driverEnded && known.values().stream().allMatch(ReportedState::isFinal)) {
            allFinal.complete(null);
        }
    }

    public ExecutorCounts counts() {
        return counts;
    }

    private void report(ExecutorPodState state) {
        ReportedState before = known.put(state.pod().executorId(), ReportedState.of(state));
        history.seen(state, before == null, clock.instant());
        if (before == null) {
            lines.executor(
                    state.pod().executorId(),
                    texts.describe(state) + " (pod " + state.pod().podName() + ")");
            countFailure(state);
        } else if (!before.isFinal() && !before.label().equals(state.label())) {
            lines.executor(state.pod().executorId(), before.label() + " → " + texts.describe(state));
            countFailure(state);
        } else if (hasNewReason(before, state)) {
            if (isRareReason(state.pod())) {
                lines.executor(state.pod().executorId(), texts.describe(state));
            }
        } else {
            known.put(state.pod().executorId(), ReportedState.of(state).withReason(before.waitingReason()));
        }
    }

    private void countFailure(ExecutorPodState state) {
        if (state.isFailure() && !driverEnded) {
            Instant finished = state.pod().finishedAt();
            failures.put(state.pod().executorId(), (finished == null ? clock.instant() : finished).toEpochMilli());
            lastFailed = state.pod();
            failed.accept(state.pod());
        }
    }

    private static boolean hasNewReason(ReportedState before, ExecutorPodState state) {
        PodFacts pod = state.pod();
        return state instanceof Pending
                && pod.waitingReason() != null
                && new PendingReason(pod.waitingReason(), pod.message()).isNewsAfter(before.waitingReason());
    }

    /** What many wait for is explained once for all, see {@link MissingExecutors}. */
    private boolean isRareReason(PodFacts pod) {
        String key = new PendingReason(pod.waitingReason(), pod.message()).key();
        return reasonLines.size() >= MOST_REASONS && !reasonLines.containsKey(key)
                || reasonLines.merge(key, 1, Integer::sum) <= MOST_SAME;
    }
}
