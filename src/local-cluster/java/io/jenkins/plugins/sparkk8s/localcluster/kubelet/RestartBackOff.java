package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a container waits for its next start: not at all the first time, then 10 seconds and twice as long each time
 * up to five minutes, and from the beginning again when it has run for ten minutes.
 */
final class RestartBackOff {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGIVEN = Duration.ofMinutes(10);

    private Duration next = Duration.ZERO;

    /**
     * The wait before the next start.
     *
     * @param started when the run that has ended began
     * @param now its end
     */
    Duration after(Instant started, Instant now) {
        if (Duration.between(started, now).compareTo(FORGIVEN) >= 0) {
            next = Duration.ZERO;
        }
        Duration wait = next;
        Duration doubled = wait.multipliedBy(2);
        next = wait.isZero() ? FIRST : doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
