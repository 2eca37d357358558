package io.jenkins.plugins.sparkk8s.monitor;

import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLogFigures;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLogSource;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes the figures of an application that has ended from its event log, since the last answers of the driver lack its last
 * seconds. Waited for within a limit, by no thread.
 */
final class FinalFigures {
    private static final Logger LOGGER = Logger.getLogger(FinalFigures.class.getName());

    private final MonitorContext context;
    private final EventLogSource source;
    private final ApplicationFigures figures;

    FinalFigures(MonitorContext context, EventLogSource source, ApplicationFigures figures) {
        this.context = context;
        this.source = source;
        this.figures = figures;
    }

    /**
     * @param hasRun whether there was a driver that may have written an event log
     * @return completes when the figures are as good as they will be; never fails
     */
    CompletableFuture<Void> read(boolean hasRun) {
        if (!hasRun) {
            return CompletableFuture.completedFuture(null);
        }
        return source.read()
                .copy()
                .orTimeout(EventLogSource.LIMIT.toSeconds(), TimeUnit.SECONDS)
                .handleAsync(this::take, context.mailbox());
    }

    private Void take(Optional<EventLogFigures> read, Throwable problem) {
        if (problem == null) {
            read.ifPresent(figures::readFromEventLog);
            return null;
        }
        Throwable cause =
                problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        LOGGER.log(Level.FINE, "The event log could not be read.", cause);
        context.lines()
                .spark("The event log could not be read, so that the figures may lack the last seconds: %s"
                        .formatted(describe(cause)));
        return null;
    }

    private static String describe(Throwable cause) {
        return cause instanceof TimeoutException
                ? "no answer within %d seconds".formatted(EventLogSource.LIMIT.toSeconds())
                : String.valueOf(cause.getMessage());
    }
}
