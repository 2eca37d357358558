package io.jenkins.plugins.sparkk8s.bench.controller;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/** The delays of the applications' lines: from the stamp in each to when it came. Thread-safe. */
final class PrintedLines {
    private final LongAdder executorLines = new LongAdder();
    private final Set<Long> stamps = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Delay> changes = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Delay> logLines = new ConcurrentLinkedQueue<>();

    /** @param came in microseconds since the epoch, as {@link Stamps} */
    private record Delay(long stamp, long came) {
        long micros() {
            return came - stamp;
        }
    }

    void accept(String line) {
        boolean ofExecutor = line.startsWith("[executor ");
        if (ofExecutor) {
            executorLines.increment();
        }
        Stamps.find(line).ifPresent(stamp -> {
            Delay delay = new Delay(stamp, Stamps.now());
            if (ofExecutor) {
                stamps.add(stamp);
                changes.add(delay);
            } else {
                logLines.add(delay);
            }
        });
    }

    long executorLines() {
        return executorLines.sum();
    }

    /** How many of these changes have had no line. */
    long missing(LongStream changed) {
        return changed.filter(stamp -> !stamps.contains(stamp)).count();
    }

    /** From a change of a pod to its line, in microseconds and ascending; of changes since the given time. */
    long[] changeDelays(long since) {
        return delays(changes, since);
    }

    /** From a line's being written by a driver to its being printed, as {@link #changeDelays}. */
    long[] logDelays(long since) {
        return delays(logLines, since);
    }

    private static long[] delays(ConcurrentLinkedQueue<Delay> delays, long since) {
        return delays.stream()
                .filter(delay -> delay.stamp() >= since)
                .mapToLong(Delay::micros)
                .sorted()
                .toArray();
    }

    /** When the lines came of what changed between two times; ascending. */
    long[] linesOf(long from, long to) {
        return changes.stream()
                .filter(delay -> delay.stamp() >= from && delay.stamp() < to)
                .mapToLong(Delay::came)
                .sorted()
                .toArray();
    }

    /** @param sorted ascending; NaN when empty */
    static double percentile(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
    }

    /** So that what a controller needs is measured without this. */
    void forgetLogLines() {
        logLines.clear();
    }
}
