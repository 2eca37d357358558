package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.kubernetes.ApiFailure;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import io.jenkins.plugins.sparkk8s.monitor.pods.Backoff;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;

/** The reads of one log that failed one after the other. Guarded by the lock of the follower. */
final class ReadFailures {
    private final LogTimings timings;
    private final Backoff delays;
    private RuntimeException latest;
    private long sinceNanos;
    private boolean isReported;

    ReadFailures(LogTimings timings) {
        this.timings = timings;
        this.delays = timings.whileFailing();
    }

    /** A read has brought something, or has shown that there is nothing new. */
    void reset() {
        latest = null;
        isReported = false;
        delays.reset();
    }

    boolean isFailing() {
        return latest != null;
    }

    void add(RuntimeException failure) {
        if (latest == null) {
            sinceNanos = System.nanoTime();
        }
        latest = failure;
    }

    /** @param otherwise when the last read did not fail */
    RuntimeException latest(RuntimeException otherwise) {
        return latest == null ? otherwise : latest;
    }

    /** Longer each time. */
    Duration delay() {
        return LogTimings.jittered(delays.next());
    }

    /** The line about the failures, when it is time for it; once for each row of them. */
    Optional<Runnable> report(LogNotices notices, LogCursor shown) {
        int code = ApiFailure.code(latest);
        boolean forbidden = code == HttpURLConnection.HTTP_FORBIDDEN;
        // An API server that cannot be reached at all is reported by those who ask it for the pod.
        boolean lasts = code != 0
                && System.nanoTime() - sinceNanos >= timings.unreported().toNanos();
        if (isReported || !forbidden && !lasts) {
            return Optional.empty();
        }
        isReported = true;
        RuntimeException failure = latest;
        return Optional.of(forbidden ? () -> notices.refused(failure) : () -> notices.failing(failure, shown));
    }

    /** The pod is gone (404), its container has no log (400), or it may not be read (403): asking again would not help. */
    boolean areFinal() {
        int code = ApiFailure.code(latest);
        return code == HttpURLConnection.HTTP_NOT_FOUND
                || code == HttpURLConnection.HTTP_BAD_REQUEST
                || code == HttpURLConnection.HTTP_FORBIDDEN;
    }
}
