package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.submission.SubmissionArguments;
import io.jenkins.plugins.sparkk8s.jenkins.threads.LifecycleThreads;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;

/** The time that the application of a waiting build may take in all, from the beginning of its record; what it was queued does not count. */
final class ApplicationTimeout {
    private final LifecycleThreads threads;
    private final Consumer<Throwable> abort;

    // Guarded by this.
    private ScheduledFuture<?> deadline;
    private boolean cancelled;

    /** @param abort is given the failure of the build when the time is over; must return at once */
    ApplicationTimeout(LifecycleThreads threads, Consumer<Throwable> abort) {
        this.threads = threads;
        this.abort = abort;
    }

    /** Begins to count unless it does already, or was cancelled; what has passed before a restart counts, too. */
    void start(ApplicationRecord record, SubmissionArguments arguments) throws IOException {
        Optional<Duration> limit = arguments.timeout();
        String text = arguments.timeoutText();
        synchronized (this) {
            if (limit.isPresent() && !record.isQueued() && deadline == null && !cancelled) {
                Instant end = record.beginning().plus(limit.get());
                deadline = threads.schedule(() -> abort.accept(overdue(text)), Duration.between(Instant.now(), end));
            }
        }
    }

    private static SparkApplicationException overdue(String limit) {
        return new SparkApplicationException(
                Kind.ABORTED, "The application was stopped: it did not end within the timeout of %s.".formatted(limit));
    }

    /** The build waits no longer. */
    synchronized void cancel() {
        cancelled = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
