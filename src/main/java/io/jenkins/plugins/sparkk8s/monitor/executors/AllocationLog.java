package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the driver's log says of the executors that it asks for: how many, and that the API server refuses them. Spark writes both
 * whenever it asks, at least every few seconds while it is refused. Only the latest is kept, so that it costs the same whatever
 * a log holds. Thread-safe.
 */
public final class AllocationLog {
    /** For how long a line counts as the present state. */
    private static final Duration FRESH = Duration.ofSeconds(60);

    private static final int MOST_PROFILES = 20;
    private static final String REQUEST = "Going to request ";
    private static final Pattern TARGET = Pattern.compile(
            "Going to request \\d{1,9} executors from Kubernetes for ResourceProfile Id: (\\d{1,9}), target: (\\d{1,9}),");

    /** Of the part that decides how many there should be. */
    private static final String DESIRED_BEGIN = "(new desired total will be ";

    private static final Pattern DESIRED =
            Pattern.compile("\\(new desired total will be (\\d{1,9}) for resource profile id: (\\d{1,9})\\)");

    private final Clock clock;
    /** What was written before is old when it is read. */
    private final Instant start;

    private final SortedMap<Integer, Long> desired = new TreeMap<>();
    private final Map<Integer, Long> targets = new TreeMap<>();
    private Instant targetAt = Instant.MIN;
    private ExecutorRefusal refusal;
    private Instant refusedAt = Instant.MIN;

    public AllocationLog(Clock clock) {
        this.clock = clock;
        this.start = clock.instant();
    }

    /**
     * A line of the driver's log.
     *
     * @param text as it was written
     * @param reached has the time of the line, if that is known
     */
    public void line(String text, LogCursor reached) {
        Instant time = time(reached.time());
        if (text.contains(REQUEST)) {
            Matcher target = TARGET.matcher(text);
            if (target.find()) {
                asked(Integer.parseInt(target.group(1)), Long.parseLong(target.group(2)), time);
            }
        } else if (text.contains(DESIRED_BEGIN)) {
            Matcher total = DESIRED.matcher(text);
            if (total.find()) {
                desired(Integer.parseInt(total.group(2)), Long.parseLong(total.group(1)));
            }
        } else {
            ExecutorRefusal.of(text).ifPresent(latest -> refused(latest, time));
        }
    }

    /** The clock of a node counts only for what is read later than it was written, since it may be wrong. */
    private Instant time(Instant written) {
        return written != null && written.isBefore(start) ? written : clock.instant();
    }

    private synchronized void asked(int profile, long target, Instant time) {
        if (targets.containsKey(profile) || targets.size() < MOST_PROFILES) {
            targets.put(profile, target);
        }
        targetAt = time;
    }

    private synchronized void desired(int profile, long total) {
        if (desired.containsKey(profile) || desired.size() < MOST_PROFILES) {
            desired.put(profile, total);
        }
    }

    /**
     * How many executors dynamic allocation wanted when it last asked for more, by resource profile. It may want fewer since,
     * which it does not say.
     */
    synchronized SortedMap<Integer, Long> desired() {
        return new TreeMap<>(desired);
    }

    private synchronized void refused(ExecutorRefusal latest, Instant time) {
        refusal = latest;
        refusedAt = time;
    }

    /** How many executors the driver wants in all, as it said within the last minute. */
    synchronized Optional<Long> target() {
        return isFresh(targetAt)
                ? Optional.of(
                        targets.values().stream().mapToLong(Long::longValue).sum())
                : Optional.empty();
    }

    /** Why the API server refuses them, as the driver said within the last minute. */
    synchronized Optional<ExecutorRefusal> refusal() {
        return isFresh(refusedAt) ? Optional.of(refusal) : Optional.empty();
    }

    private boolean isFresh(Instant at) {
        return !at.equals(Instant.MIN) && at.plus(FRESH).isAfter(clock.instant());
    }
}
