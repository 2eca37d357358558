package io.jenkins.plugins.sparkk8s.jenkins.wait;

import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.jenkins.threads.LifecycleThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;

/** Ends a wait when its time is over. Not thread-safe. */
final class WaitDeadline {
    private final WaitArguments arguments;
    private final LifecycleThreads threads;
    private final Consumer<Throwable> abort;

    /** Null until it has started, and when there is no limit. */
    private ScheduledFuture<?> timer;

    /** @param abort is given the failure of the build; must return at once */
    WaitDeadline(WaitArguments arguments, LifecycleThreads threads, Consumer<Throwable> abort) {
        this.arguments = arguments;
        this.threads = threads;
        this.abort = abort;
    }

    /**
     * Begins to count unless it does already.
     *
     * @param start of the wait, also when that was before a restart
     */
    void start(Instant start, String applicationId) {
        if (arguments.timeout() != null && timer == null) {
            Instant end = start.plus(arguments.timeout());
            timer = threads.schedule(() -> abort.accept(overdue(applicationId)), Duration.between(Instant.now(), end));
        }
    }

    private SparkApplicationException overdue(String applicationId) {
        return new SparkApplicationException(
                Kind.ABORTED,
                "Application %s did not end within the timeout of %s that sparkK8sWait waits. %s"
                        .formatted(
                                applicationId,
                                arguments.timeoutText(),
                                arguments.abortKills()
                                        ? "It is stopped, as abortKills is true."
                                        : "It keeps running."));
    }

    void cancel() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
