package io.jenkins.plugins.sparkk8s.jenkins.timeline;

import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where moments are in a timeline.
 *
 * @param start in milliseconds since 1970
 * @param end at least a second later
 */
record TimelineScale(long start, long end) {
    private static final int TICKS = 4;

    TimelineScale {
        end = Math.max(start + 1000, end);
    }

    /** 0 to 1; the clocks of cluster and controller may differ. */
    double at(long moment) {
        return Math.min(1, Math.max(0, (moment - start) / (double) (end - start)));
    }

    TimelineBar bar(String state, long from, Long to, String title) {
        return bar(state, from, to, title, 0);
    }

    /** @param to null for now */
    TimelineBar bar(String state, long from, Long to, String title, int lane) {
        return new TimelineBar(state, at(from), at(to == null ? end : to), title, lane);
    }

    /** @param to null for now */
    String time(long from, Long to) {
        return Durations.format(Duration.ofMillis(Math.max(0, (to == null ? end : to) - from)));
    }

    /** What is written below. */
    List<String> ticks() {
        return Stream.iterate(0, tick -> tick <= TICKS, tick -> tick + 1)
                .map(tick -> Durations.format(Duration.ofMillis((end - start) * tick / TICKS)))
                .toList();
    }
}
