package io.jenkins.plugins.sparkk8s.monitor.executors;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many failures Spark's driver bears. */
class FailureLimitTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static FailureLimit of(Map<String, String> conf) {
        return FailureLimit.of(SparkConf.of(conf));
    }

    @ParameterizedTest
    @CsvSource({
        "spark.executor.instances, 10, 20",
        "spark.executor.instances, 1, 3",
        "spark.executor.maxNumFailures, 7, 7"
    })
    void isThatOfSpark(String key, String value, int most) {
        assertThat(of(Map.of(key, value)).most()).isEqualTo(most);
    }

    @Test
    void isTwiceTheMostExecutorsOfDynamicAllocation() {
        Map<String, String> dynamic =
                Map.of("spark.dynamicAllocation.enabled", "true", "spark.dynamicAllocation.maxExecutors", "30");

        assertThat(of(dynamic).most()).isEqualTo(60);
        assertThat(of(Map.of("spark.dynamicAllocation.enabled", "true")).most()).isEqualTo(Integer.MAX_VALUE);
    }

    private static Optional<String> key(FailureLimit limit, int failed) {
        return limit.warning(Collections.nCopies(failed, NOW.toEpochMilli()), null, NOW)
                .map(FailureLimit.Warning::key);
    }

    @Test
    void warnsThreeTimesAtMost() {
        FailureLimit limit = new FailureLimit(20, null);

        assertThat(key(limit, 2)).isEmpty();
        assertThat(key(limit, 3)).contains("failures 3");
        assertThat(key(limit, 9)).contains("failures 3");
        assertThat(key(limit, 10)).contains("failures 10");
        assertThat(key(limit, 20)).contains("failures 20");
        assertThat(key(limit, 500)).contains("failures 20");
    }

    @Test
    void oldFailuresDoNotCount() {
        FailureLimit limit = new FailureLimit(3, Duration.ofMinutes(10));
        long old = NOW.minus(Duration.ofHours(1)).toEpochMilli();

        assertThat(limit.warning(List.of(old, old, NOW.toEpochMilli()), null, NOW))
                .isEmpty();
    }
}
