package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.monitor.pods.Backoff;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorTimings;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a driver's log is read.
 *
 * @param news delay between two reads of a log that grows
 * @param quiet longest delay between two reads of a log that does not
 * @param failing longest delay between two reads while they fail
 * @param noProgress how long a read may bring nothing before it counts as failed; after the driver's end, before the rest is given up
 * @param unreported how long reads may fail before a line says so
 */
record LogTimings(Duration news, Duration quiet, Duration failing, Duration noProgress, Duration unreported) {
    private static final int FIRST_STREAM = 15;
    private static final int LAST_STREAM = 120;
    private static final int QUIET_STREAM = 5;
    private static final int AFTER_OUTAGE = 3;

    static LogTimings of(MonitorTimings timings) {
        return new LogTimings(
                timings.logWithNews(),
                timings.logQuiet(),
                timings.logQuiet().multipliedBy(10),
                timings.lastLog(),
                timings.lastLog().multipliedBy(4));
    }

    Backoff whileQuiet() {
        return new Backoff(news, quiet);
    }

    Backoff whileFailing() {
        return new Backoff(news, failing);
    }

    /** How long streams last, one after the other while there is much to read. */
    Backoff streams() {
        return new Backoff(news.multipliedBy(FIRST_STREAM), news.multipliedBy(LAST_STREAM));
    }

    /** After how long without a byte a stream is not waited for after the driver's end, which ends it by itself. */
    Duration quietStream() {
        return news.multipliedBy(QUIET_STREAM);
    }

    /** Whether a stream that has been quiet for so long is taken for one that still has news. */
    boolean isBusy(Duration quietFor) {
        return quietFor.compareTo(news.multipliedBy(2)) < 0;
    }

    /** Within what time the reads of all applications begin again after an outage. */
    Duration afterOutage() {
        return news.multipliedBy(AFTER_OUTAGE);
    }

    /** Between nothing and all of a time. */
    static Duration spread(Duration most) {
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most.toNanos() + 1));
    }

    /** Between three quarters and all of a delay, so that applications do not stay in step. */
    static Duration jittered(Duration delay) {
        long nanos = delay.toNanos();
        return Duration.ofNanos(nanos - ThreadLocalRandom.current().nextLong(nanos / 4 + 1));
    }
}
