package io.jenkins.plugins.sparkk8s.monitor.progress;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.sparkk8s.monitor.pods.Backoff;
import io.jenkins.plugins.sparkk8s.monitor.pods.Jitter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is read of a driver next, and after which pause: often while a user looks, else as often as a line may be due, rarely while
 * nothing moves, and least while nothing runs.
 *
 * <p>Stages and jobs are read one right after the other, so that a line has figures of one moment; a pause follows. When no stage has
 * moved, no job has. Used by tasks of the application's mailbox only.
 */
final class ReadRounds {
    static final String STAGES = "stages?status=active";
    static final String JOBS = "jobs?status=running";
    private static final String EXECUTORS = "allexecutors";
    private static final List<String> ROUND = List.of(STAGES, JOBS, EXECUTORS);

    private static final Duration WHILE_A_USER_LOOKS = Duration.ofSeconds(3);
    private static final Duration FOR_LINES = Duration.ofSeconds(30);
    private static final Duration RARELY = Duration.ofMinutes(2);
    private static final Duration IDLE_FIRST = Duration.ofMinutes(1);
    private static final Duration IDLE_LAST = Duration.ofMinutes(5);

    /** How long one look at the progress keeps the reads frequent. */
    private static final Duration FREQUENT_READS = Duration.ofSeconds(20);

    private final Clock clock;
    private final Deque<Read> beside = new ArrayDeque<>();
    private final Backoff quiet = new Backoff(FOR_LINES, RARELY);
    private final Backoff idle = new Backoff(IDLE_FIRST, IDLE_LAST);
    private Instant lookedAtUntil = Instant.MIN;
    private int step;
    private boolean moved;

    ReadRounds(Clock clock) {
        this.clock = clock;
    }

    /** @param use receives what a read beside the rounds has found; null for a read of a round */
    record Read(String path, Consumer<JsonNode> use) {}

    /**
     * A user looks at the progress.
     *
     * @return whether reads were rare before
     */
    boolean look() {
        boolean rare = !isLookedAt();
        lookedAtUntil = clock.instant().plus(FREQUENT_READS);
        return rare;
    }

    private boolean isLookedAt() {
        return clock.instant().isBefore(lookedAtUntil);
    }

    /** One more read, before the rounds continue. */
    void beside(String path, Consumer<JsonNode> use) {
        beside.add(new Read(path, use));
    }

    Read next() {
        Read first = beside.poll();
        return first == null ? new Read(ROUND.get(step), null) : first;
    }

    /**
     * A read of a round has been answered.
     *
     * @param changed whether jobs or stages are others than before
     */
    void answered(Read read, boolean changed) {
        moved |= changed;
        if (changed || isLookedAt() || !read.path().equals(STAGES)) {
            step = (step + 1) % ROUND.size();
        }
    }

    /** @param isIdle whether no job runs */
    Duration delay(boolean isIdle) {
        if (!beside.isEmpty() || !ROUND.get(step).equals(STAGES)) {
            return Duration.ZERO;
        }
        if (moved) {
            quiet.reset();
            idle.reset();
            moved = false;
        }
        Duration rare = isIdle ? idle.next() : quiet.next();
        return isLookedAt() ? WHILE_A_USER_LOOKS : rare;
    }

    /** At random, since otherwise the reads of all applications would begin at once. */
    Duration delayAfterOutage() {
        return Jitter.upTo(isLookedAt() ? WHILE_A_USER_LOOKS : FOR_LINES);
    }
}
