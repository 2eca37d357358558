package io.jenkins.plugins.sparkk8s.bench.controller;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/**
 * Times within texts that the monitor prints: in microseconds since the epoch, since the server's process writes them and
 * the controller's reads them.
 */
final class Stamps {
    private static final String MARK = "-at-";
    private static final int DIGITS = 16;

    private Stamps() {}

    static long now() {
        return of(Instant.now());
    }

    static long of(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static String text(long stamp) {
        return MARK + stamp;
    }

    /** The first of a line: an executor's line names the node before the pod, which is older. */
    static OptionalLong find(String line) {
        int begin = line.indexOf(MARK) + MARK.length();
        return begin < MARK.length() || line.length() < begin + DIGITS
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(line, begin, begin + DIGITS, 10));
    }
}
