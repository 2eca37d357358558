package io.jenkins.plugins.sparkk8s.monitor.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.monitor.progress.TaskTimes;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The median of many durations without keeping them. */
class TaskDurationsTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 8, 9, 15, 16, 1_000, 59_999, 1L << 39, Long.MAX_VALUE, -1})
    void oneDurationIsTheMedianAndTheLongest(long millis) {
        TaskDurations durations = new TaskDurations();
        durations.add(millis);

        long counted = Math.min(Math.max(0, millis), (1L << 40) - 1);
        assertThat(durations.times(3)).isEqualTo(new TaskTimes(3, counted, counted));
    }

    @Test
    void theMedianIsAtMostAnEighthTooLarge() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            long[] millis = LongStream.generate(() -> random.nextLong(1L << (1 + random.nextInt(39))))
                    .limit(1 + random.nextInt(50))
                    .sorted()
                    .toArray();
            TaskDurations durations = new TaskDurations();
            LongStream.of(millis).forEach(durations::add);

            TaskTimes times = durations.times(0);

            long median = millis[(millis.length - 1) / 2];
            assertThat(times.median()).isBetween(median, median + median / 8 + 1);
            assertThat(times.longest()).isEqualTo(millis[millis.length - 1]);
        }
    }
}
