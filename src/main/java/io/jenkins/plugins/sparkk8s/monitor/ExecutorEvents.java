package io.jenkins.plugins.sparkk8s.monitor;

import io.jenkins.plugins.sparkk8s.monitor.ExecutorPodState.Pending;
import io.jenkins.plugins.sparkk8s.monitor.ExecutorPodState.Running;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

/**
 * Tells the user of every executor's transitions, and counts: a subscriber to the snapshots.
 *
 * <p>A line comes only with news. What happens to executors once the driver has ended is the driver's clean-up and no
 * failure; the same holds for a failure that came at or after the driver's end but was seen before it. Thread-safe.
 */
final class ExecutorEvents implements SnapshotSubscriber {
    private final EventLines lines;
    private final Clock clock;
    private final Map<Long, ExecutorPodState> known = new HashMap<>();
    private final Map<Long, Instant> failures = new HashMap<>();
    /** Volatile for those that only read it: they must not wait until a line is written. */
    private volatile ExecutorCounts counts = ExecutorCounts.NONE;

    private ExecutorCounts printed = ExecutorCounts.NONE;
    private final CompletableFuture<Void> allFinal = new CompletableFuture<>();
    private boolean driverEnded;

    ExecutorEvents(EventLines lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    @Override
    public synchronized void onSnapshots(List<ExecutorPodsSnapshot> snapshots) {
        snapshots.forEach(this::handle);
        boolean news = counts.running() != printed.running()
                || counts.pending() != printed.pending()
                || counts.failed() != printed.failed();
        if (news && !driverEnded) {
            lines.spark(counts.toString());
            printed = counts;
        }
        completeWhenAllAreFinal();
    }

    /**
     * From now on executors only go.
     *
     * @param at when the driver ended, by its node's clock; null when it is not known
     * @return completes when no executor is left that could still change; the caller bounds the time
     */
    synchronized CompletableFuture<Void> driverEnded(Instant at) {
        driverEnded = true;
        if (at != null) {
            failures.values().removeIf(failedAt -> !failedAt.isBefore(at));
            counts = new ExecutorCounts(counts.running(), counts.pending(), counts.peak(), failures.size());
        }
        completeWhenAllAreFinal();
        return allFinal;
    }

    private void completeWhenAllAreFinal() {
        if (driverEnded && known.values().stream().allMatch(ExecutorPodState::isFinal)) {
            allFinal.complete(null);
        }
    }

    ExecutorCounts counts() {
        return counts;
    }

    private void handle(ExecutorPodsSnapshot snapshot) {
        SortedMap<Long, ExecutorPodState> executors = snapshot.executors();
        executors.values().forEach(this::handle);
        known.entrySet().removeIf(entry -> {
            boolean vanished = !executors.containsKey(entry.getKey());
            if (vanished && !entry.getValue().isFinal()) {
                lines.executor(entry.getKey(), entry.getValue().label() + " → Deleted" + removal());
            }
            return vanished;
        });
        long running = snapshot.count(Running.class);
        counts = new ExecutorCounts(
                running, snapshot.count(Pending.class), Math.max(counts.peak(), running), failures.size());
    }

    private void handle(ExecutorPodState state) {
        ExecutorPodState before = known.put(state.pod().executorId(), state);
        if (before == null) {
            lines.executor(
                    state.pod().executorId(),
                    describe(state) + " (pod " + state.pod().podName() + ")");
            count(state);
        } else if (!before.isFinal() && !before.sameStateAs(state)) {
            lines.executor(state.pod().executorId(), before.label() + " → " + describe(state));
            count(state);
        } else if (state instanceof Pending && hasNewReason(before, state)) {
            lines.executor(state.pod().executorId(), describe(state));
        }
    }

    private void count(ExecutorPodState state) {
        if (state.isFailure() && !driverEnded) {
            Instant finished = state.pod().finishedAt();
            failures.put(state.pod().executorId(), finished == null ? clock.instant() : finished);
        }
    }

    private static boolean hasNewReason(ExecutorPodState before, ExecutorPodState state) {
        return state.pod().waitingReason() != null
                && !Objects.equals(before.pod().waitingReason(), state.pod().waitingReason());
    }

    private String describe(ExecutorPodState state) {
        PodFacts pod = state.pod();
        if (state instanceof Pending) {
            return pod.waitingReason() == null
                    ? "Pending"
                    : "Pending: " + withMessage(pod.waitingReason(), pod.message());
        }
        if (state instanceof Running) {
            return pod.node() == null ? "Running" : "Running on " + pod.node();
        }
        return state.isFinal() ? describeEnd(state) : state.label();
    }

    private String describeEnd(ExecutorPodState state) {
        PodFacts pod = state.pod();
        StringBuilder text = new StringBuilder(state.label());
        if (pod.exitCode() != null) {
            text.append(", ").append(pod.exitCode() == 0 ? "exit code 0" : ExitCodes.describe(pod.exitCode()));
        }
        if (pod.reason() != null
                && !pod.reason().equals("Error")
                && !pod.reason().equals("Completed")) {
            text.append(", ").append(withMessage(pod.reason(), pod.message()));
        }
        boolean removed = state instanceof ExecutorPodState.Deleted || pod.removalRequested();
        if (removed || driverEnded && state.isFailure()) {
            text.append(removal());
        }
        return text.toString();
    }

    private String removal() {
        return driverEnded ? " (removed by the driver)" : " (by the driver, a user or the cluster)";
    }

    private static String withMessage(String reason, String message) {
        return message == null || message.isBlank() ? reason : reason + ": " + message;
    }
}
