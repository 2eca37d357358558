package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.monitor.driver.ExitCodes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How many executors may fail before Spark's driver ends the application, by the rules of its {@code ExecutorFailureTracker}.
 *
 * @param most that many may; {@link Integer#MAX_VALUE} for any number
 * @param validity for how long one counts; null for always
 */
record FailureLimit(int most, Duration validity) {
    private static final int LEAST = 3;
    private static final String KEY = CoreOptions.MAX_EXECUTOR_FAILURES.key();

    static FailureLimit of(SparkConf conf) {
        RequestedExecutors requested = RequestedExecutors.of(conf);
        int executors = requested.dynamic()
                ? requested.most()
                : conf.find(CoreOptions.EXECUTOR_INSTANCES).orElse(0);
        int byDefault = executors > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : Math.max(LEAST, 2 * executors);
        return new FailureLimit(
                conf.find(CoreOptions.MAX_EXECUTOR_FAILURES).orElse(byDefault),
                conf.find(CoreOptions.EXECUTOR_FAILURES_VALIDITY_INTERVAL).orElse(null));
    }

    /** A line that is due, and the key under which it is remembered. */
    record Warning(String key, String text) {}

    /**
     * @param times when executors have failed, in milliseconds since the epoch
     * @param last the one that failed last; null when it is not known
     * @return what is to be said once, after the third failure, when half of those that may fail have, and when all have
     */
    Optional<Warning> warning(Collection<Long> times, PodFacts last, Instant now) {
        long since = validity == null ? Long.MIN_VALUE : now.minus(validity).toEpochMilli();
        long failed = times.stream().filter(at -> at >= since).count();
        return List.of(Math.max(LEAST, most), Math.max(LEAST, most / 2), LEAST).stream()
                .filter(step -> failed >= step)
                .findFirst()
                .map(step -> new Warning("failures " + step, text(failed, last)));
    }

    private String text(long failed, PodFacts last) {
        String how =
                last == null || last.exitCode() == null ? "" : ", the last with " + ExitCodes.describe(last.exitCode());
        String within = validity == null ? "" : " within spark.executor.failuresValidityInterval";
        String limit = most == Integer.MAX_VALUE
                ? "Spark replaces them without an end, unless %s is set.".formatted(KEY)
                : "Spark ends the application when more than %d have%s (%s).".formatted(most, within, KEY);
        return "%d executors have failed%s. %s".formatted(failed, how, limit);
    }
}
