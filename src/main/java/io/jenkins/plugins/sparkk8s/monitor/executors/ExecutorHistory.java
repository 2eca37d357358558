package io.jenkins.plugins.sparkk8s.monitor.executors;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the executors of an application did over time, in a few kilobytes however many there are: the lives of some of them,
 * those that failed before all others, and how many there were at moments that lie wider apart the longer it lasts.
 *
 * <p>Changed by tasks of the application's mailbox; {@link #recorded} may be called by any thread.
 */
public final class ExecutorHistory {
    /** Executors whose lives are kept. */
    static final int MOST_EXECUTORS = 40;

    /** Moments whose counts are kept. */
    static final int MOST_MOMENTS = 60;

    private static final long FINEST_MILLIS = 1000;

    private final SortedMap<Long, ExecutorSpan> spans = new TreeMap<>();
    private List<ExecutorCensus> census = new ArrayList<>();
    private long total;
    private long runMillis;
    private long interval = FINEST_MILLIS;
    private long countedAt;

    /** The time before this monitor began; null when there was no earlier one, and since it is accounted for. */
    private Gap gap;

    /**
     * A time that no monitor saw.
     *
     * @param running executors that ran at its begin
     * @param until its end; null before the executors have been counted again
     */
    private record Gap(long since, long running, Long until) {}

    /**
     * Immutable, and small.
     *
     * @param executors lives, by id
     * @param census counts, oldest first
     * @param total executors that there have been
     * @param runMillis sum of the times that executors ran
     * @param until up to when they are counted, in milliseconds since 1970
     */
    public record Recorded(
            List<ExecutorSpan> executors, List<ExecutorCensus> census, long total, long runMillis, long until) {
        public static final Recorded NOTHING = new Recorded(List.of(), List.of(), 0, 0, 0);

        public Recorded {
            executors = executors == null ? List.of() : List.copyOf(executors);
            census = census == null ? List.of() : List.copyOf(census);
        }
    }

    public ExecutorHistory(Recorded earlier) {
        earlier.executors().forEach(span -> spans.put(span.id(), span));
        census.addAll(earlier.census());
        total = earlier.total();
        runMillis = earlier.runMillis();
        countedAt = earlier.until();
        gap = countedAt == 0 ? null : new Gap(countedAt, lastRunning(), null);
    }

    /** @param isNew whether it is seen for the first time */
    synchronized void seen(ExecutorPodState state, boolean isNew, Instant now) {
        total += isNew ? 1 : 0;
        ExecutorSpan before = spans.get(state.pod().executorId());
        if (before != null && before.end() != null) {
            return;
        }
        ExecutorSpan span = ExecutorSpan.of(state, before, now);
        if (before != null || spans.size() < MOST_EXECUTORS || isFailed(span) && makeRoom()) {
            spans.put(span.id(), span);
        }
    }

    private static boolean isFailed(ExecutorSpan span) {
        return span.end() == ExecutorSpan.End.FAILED;
    }

    private boolean makeRoom() {
        Optional<Long> last = spans.values().stream()
                .filter(span -> !isFailed(span))
                .map(ExecutorSpan::id)
                .reduce((one, next) -> next);
        last.ifPresent(spans::remove);
        return last.isPresent();
    }

    synchronized void vanished(long id, Instant now) {
        spans.computeIfPresent(id, (key, span) -> span.end() == null ? span.removed(now) : span);
    }

    synchronized void counted(ExecutorCounts counts, Instant now) {
        long at = Math.max(countedAt, now.toEpochMilli());
        addRuntime(at, counts.running());
        countedAt = at;
        ExecutorCensus next = ExecutorCensus.of(at, counts);
        ExecutorCensus last = census.isEmpty() ? null : census.get(census.size() - 1);
        if (last == null || !last.hasSameCounts(next)) {
            add(census, next);
        }
        while (census.size() > MOST_MOMENTS) {
            interval *= 2;
            List<ExecutorCensus> fewer = new ArrayList<>();
            census.forEach(moment -> add(fewer, moment));
            census = fewer;
        }
    }

    private void add(List<ExecutorCensus> moments, ExecutorCensus next) {
        int end = moments.size() - 1;
        if (end > 0 && next.at() - moments.get(end).at() < interval) {
            moments.set(end, next.at(moments.get(end).at()));
        } else {
            moments.add(next);
        }
    }

    private void addRuntime(long at, long running) {
        if (gap == null || gap.until() != null) {
            runMillis += lastRunning() * (at - countedAt);
        } else if (running > 0) {
            // At least those ran all the time that are still there.
            runMillis += Math.min(running, gap.running()) * (at - gap.since());
            gap = null;
        } else {
            gap = new Gap(gap.since(), gap.running(), at);
        }
    }

    private long lastRunning() {
        return census.isEmpty() ? 0 : census.get(census.size() - 1).running();
    }

    /**
     * From now on executors only go, and not by themselves.
     *
     * @param at when the driver ended; null when it is not known
     */
    synchronized void driverEnded(Instant at) {
        if (at == null) {
            return;
        }
        long end = at.toEpochMilli();
        if (gap != null && (gap.until() == null || end <= gap.until())) {
            runMillis += gap.running() * Math.max(0, end - gap.since());
        }
        gap = null;
        spans.replaceAll((id, span) -> isFailed(span) && span.ended() >= end ? span.removedByDriver() : span);
    }

    /** @param now until when executors that run are counted */
    public synchronized Recorded recorded(Instant now) {
        boolean isCounted = gap == null || gap.until() != null;
        long until = isCounted ? Math.max(countedAt, now.toEpochMilli()) : gap.since();
        return new Recorded(
                List.copyOf(spans.values()),
                List.copyOf(census),
                total,
                runMillis + (isCounted ? lastRunning() * (until - countedAt) : 0),
                until);
    }
}
