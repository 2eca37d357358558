package io.jenkins.plugins.sparkk8s.monitor.executors;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What has been explained of the executors, and when, so that a cause that comes and goes is not explained every time. */
final class Explanations {
    private static final Duration AGAIN = Duration.ofMinutes(10);
    private static final int MOST = 50;

    /** In milliseconds since the epoch, by the key of the cause. */
    private final SortedMap<String, Long> given;

    Explanations(Map<String, Long> earlier) {
        this.given = new TreeMap<>(earlier);
    }

    SortedMap<String, Long> given() {
        return new TreeMap<>(given);
    }

    /** Notes that a cause holds now. @return whether it is to be explained, since it has not been for a while */
    boolean isDue(String key, Instant now) {
        Long before = given.get(key);
        if (before == null && given.size() >= MOST) {
            return false;
        }
        // As long as it holds it is no news.
        given.put(key, now.toEpochMilli());
        return before == null || before + AGAIN.toMillis() < now.toEpochMilli();
    }

    /** @return whether it has never been explained */
    boolean isFirst(String key, Instant now) {
        return given.putIfAbsent(key, now.toEpochMilli()) == null;
    }
}
