package io.jenkins.plugins.sparkk8s.jenkins.history;

import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * How long the earlier runs of an application took, to which one is compared; the time in a queue does not count.
 *
 * @param earlier the last ones that succeeded, oldest first; may be empty
 */
record UsualTime(List<HistoryEntry> earlier) {
    /** How many runs count. */
    private static final int MOST = 10;

    private static final double FACTOR = 2;

    /** In milliseconds; short runs vary. */
    private static final long LEAST_DIFFERENCE = 5_000;

    /** @param before all earlier runs, oldest first */
    static UsualTime of(List<HistoryEntry> before) {
        List<HistoryEntry> succeeded = before.stream()
                .filter(HistoryEntry::isSuccess)
                .filter(entry -> entry.activeMillis() != null)
                .toList();
        return new UsualTime(succeeded.subList(Math.max(0, succeeded.size() - MOST), succeeded.size()));
    }

    private long median(ToLongFunction<HistoryEntry> millis) {
        long[] sorted = earlier.stream().mapToLong(millis).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Whether it took at least twice as long as usual; never when there is nothing to compare it with. */
    boolean isExceededBy(HistoryEntry entry) {
        if (earlier.isEmpty() || entry.activeMillis() == null) {
            return false;
        }
        long usual = median(HistoryEntry::activeMillis);
        long time = entry.activeMillis();
        return time >= FACTOR * usual && time - usual >= LEAST_DIFFERENCE;
    }

    /** How often the usual time of an entry that exceeds it, such as {@code 2.3}. */
    String factor(HistoryEntry entry) {
        double usual = Math.max(1, median(HistoryEntry::activeMillis));
        return String.format(Locale.ROOT, "%.1f", entry.activeMillis() / usual);
    }

    /** What it is compared with, and which phase took most of the difference; one that exceeds it. */
    String explain(HistoryEntry entry) {
        String usual = Messages.Slow_usual(factor(entry), earlier.size(), time(median(HistoryEntry::activeMillis)));
        return Stream.of(HistoryPhase.values())
                .filter(phase -> phase != HistoryPhase.QUEUED)
                .max(Comparator.comparingLong(phase -> phase.orZero(entry) - median(phase::orZero)))
                .map(phase -> usual + "; "
                        + Messages.Slow_phase(phase.label(), time(phase.orZero(entry)), time(median(phase::orZero))))
                .orElse(usual);
    }

    private static String time(long millis) {
        return Durations.format(Duration.ofMillis(millis));
    }
}
