package io.jenkins.plugins.sparkk8s.monitor;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverContainer;
import io.jenkins.plugins.sparkk8s.monitor.driver.DriverTimes;
import io.jenkins.plugins.sparkk8s.monitor.driver.WarningEvents;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorEvents;
import io.jenkins.plugins.sparkk8s.monitor.log.LastLines;
import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is still to be found out when the driver has ended: that its executors are gone, why it never started, and what the
 * container that failed in its place wrote last. Each is waited for within limits, by no thread.
 */
final class FinalReport {
    private static final Logger LOGGER = Logger.getLogger(FinalReport.class.getName());
    private static final int MOST_LINES = 20;

    private final MonitorContext context;
    private final DriverContainer container;
    private final ExecutorEvents executors;
    private final WarningEvents warnings;
    private final MonitoredLogs logs;

    FinalReport(
            MonitorContext context,
            DriverContainer container,
            ExecutorEvents executors,
            WarningEvents warnings,
            MonitoredLogs logs) {
        this.context = context;
        this.container = container;
        this.executors = executors;
        this.warnings = warnings;
        this.logs = logs;
    }

    /**
     * Is called by a task of the application's mailbox.
     *
     * @param last the driver pod as it was last seen; null when it never was
     * @return the result with the details that were found; never fails
     */
    CompletableFuture<ApplicationResult> of(ApplicationResult result, Pod last) {
        return executorsGone(last)
                .thenCombine(bounded(logs.ofExecutors().settled()), (gone, read) -> gone)
                .thenCombine(explained(result, last), (gone, explained) -> explained);
    }

    private CompletableFuture<Void> executorsGone(Pod last) {
        Optional<Pod> driver = Optional.ofNullable(last);
        return bounded(executors.driverEnded(
                driver.flatMap(pod -> DriverTimes.finishedAt(pod, container)).orElse(null)));
    }

    private CompletableFuture<Void> bounded(CompletableFuture<Void> step) {
        Duration limit = context.timings().lastExecutors();
        return step.copy().completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private CompletableFuture<ApplicationResult> explained(ApplicationResult result, Pod last) {
        return switch (result.outcome()) {
            case NEVER_STARTED ->
                bounded(warnings.refresh(last))
                        .thenApplyAsync(read -> result.withDetails(warnings.texts()), context.mailbox());
            case FAILED -> logOfOther(last).thenApply(lines -> withLog(result, lines));
            default -> CompletableFuture.completedFuture(result);
        };
    }

    /** When the driver did not even run since another container failed, the log of that one has the reason. */
    private CompletableFuture<List<String>> logOfOther(Pod last) {
        return Optional.ofNullable(last)
                .flatMap(container::culpritIn)
                .map(this::lastLines)
                .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
    }

    private CompletableFuture<List<String>> lastLines(String name) {
        return LastLines.read(logs.source(), name, MOST_LINES, MOST_LINES * TextSanitizer.MAX_LINE)
                .handle((last, problem) -> {
                    if (problem != null) {
                        LOGGER.log(Level.FINE, "The end of a container's log could not be read.", problem);
                        return List.of();
                    }
                    return last.lines();
                });
    }

    private ApplicationResult withLog(ApplicationResult result, List<String> log) {
        List<String> details = new ArrayList<>(result.details());
        log.stream()
                .map(TextSanitizer::line)
                .map(context.texts()::masked)
                .filter(line -> !line.isBlank() && !details.contains(line))
                .forEach(details::add);
        return result.withDetails(details);
    }
}
