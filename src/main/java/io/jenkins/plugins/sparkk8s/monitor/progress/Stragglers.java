package io.jenkins.plugins.sparkk8s.monitor.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The last tasks of stages that run much longer than the others did: of a skewed stage at the end of an application the end itself is
 * rarely read, since the driver ends soon after it. Used by tasks of the application's mailbox only.
 */
final class Stragglers {
    /** How long a stage runs before its tasks are asked for; less is worth no hint. */
    private static final Duration YOUNG = Duration.ofMillis(TaskTimes.WORTH_A_HINT);

    /** With more tasks that still run than that, none of them is alone. */
    static final int MOST = 20;

    private final Map<StageProgress.Key, Tail> tails = new HashMap<>();

    /**
     * @param done times of the tasks that are done; null when there are none
     * @param launched when the oldest task that still runs began; null while it is not known
     */
    private record Tail(TaskTimes done, Instant launched) {
        boolean isKnown() {
            return done != null && launched != null;
        }
    }

    /**
     * A stage whose tasks should be asked for, once: all have begun, most are done, and it has run for a while.
     *
     * @param running all stages that run now
     */
    Optional<StageProgress> find(List<StageProgress> running, Instant now) {
        Set<StageProgress.Key> keys =
                running.stream().map(StageProgress::key).collect(Collectors.toCollection(HashSet::new));
        tails.keySet().retainAll(keys);
        return running.stream()
                .filter(stage -> !tails.containsKey(stage.key()))
                .filter(stage -> isTail(stage.tasks()))
                .filter(stage -> stage.submitted() != null
                        && !stage.submitted().plus(YOUNG).isAfter(now))
                .findFirst();
    }

    private static boolean isTail(TaskCounts tasks) {
        int left = tasks.total() - tasks.done();
        return left > 0 && left <= MOST && left <= tasks.active() && tasks.done() >= left;
    }

    /** @param times of its tasks that are done; null when there are none */
    void done(StageProgress.Key stage, TaskTimes times) {
        tails.put(stage, new Tail(times, null));
    }

    /** @param launched when the oldest of its tasks that still run began; null when none runs any more */
    void running(StageProgress.Key stage, Instant launched) {
        tails.computeIfPresent(stage, (key, tail) -> new Tail(tail.done(), launched));
    }

    /** How long the tasks of these stages took so far, as far as they were asked for. */
    List<TaskTimes> times(List<StageProgress> running, Instant now) {
        return running.stream()
                .map(StageProgress::key)
                .filter(key -> tails.containsKey(key) && tails.get(key).isKnown())
                .map(key -> times(key, tails.get(key), now))
                .toList();
    }

    private static TaskTimes times(StageProgress.Key key, Tail tail, Instant now) {
        return new TaskTimes(
                key.id(),
                tail.done().median(),
                Math.max(0, Duration.between(tail.launched(), now).toMillis()));
    }
}
