package io.jenkins.plugins.sparkk8s.bench.controller;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * The logs of all drivers, which differ in when in a second they write: nothing is stored, since each line follows from its
 * number. A quiet driver writes some lines when it starts and no more. All are so short that no bound on bytes matters.
 */
final class DriverLog {
    private static final long QUIET_LINES = 20;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int MILLIS = 1000;

    private final boolean isChatty;
    private final Instant start = Instant.now();

    DriverLog(boolean isChatty) {
        this.isChatty = isChatty;
    }

    /** How many lines there are now. */
    long size(int application) {
        Duration age = Duration.between(time(application, 0), Instant.now());
        long written = age.isNegative() ? 0 : age.dividedBy(INTERVAL) + 1;
        return isChatty ? written : Math.min(written, QUIET_LINES);
    }

    /** The first line that was written at this time or later. */
    long lineAt(int application, String sinceTime) {
        Duration since = Duration.between(
                time(application, 0), OffsetDateTime.parse(sinceTime).toInstant());
        return since.isNegative() ? 0 : (since.toMillis() + MILLIS - 1) / INTERVAL.toMillis();
    }

    private Instant time(int application, long line) {
        Duration offset = Duration.ofMillis(application * 37L % MILLIS);
        // A quiet driver began long ago.
        Instant first = isChatty ? start : start.minus(INTERVAL.multipliedBy(QUIET_LINES + 1));
        return first.plus(offset).plus(INTERVAL.multipliedBy(line));
    }

    String line(int application, long line) {
        Instant time = time(application, line);
        return "%s 26/11/27 08:00:00 INFO DAGScheduler: Submitting 200 missing tasks of stage %d, written%s%n"
                .formatted(time, line, Stamps.text(Stamps.of(time)));
    }
}
