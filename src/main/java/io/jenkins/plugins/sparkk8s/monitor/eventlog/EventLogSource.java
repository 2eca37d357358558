package io.jenkins.plugins.sparkk8s.monitor.eventlog;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the event log of an application that has ended, where that is possible. */
public interface EventLogSource {
    /** How long an application that has ended waits for its event log. */
    Duration LIMIT = Duration.ofSeconds(60);

    /** Of an application whose event log is not read. */
    EventLogSource NONE = () -> CompletableFuture.completedFuture(Optional.empty());

    /**
     * Begins to read, on a thread of its own; returns at once.
     *
     * @return empty when none is to be read, or there is none; fails with the cause when it cannot be read
     */
    CompletableFuture<Optional<EventLogFigures>> read();
}
