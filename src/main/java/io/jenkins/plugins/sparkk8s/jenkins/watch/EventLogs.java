package io.jenkins.plugins.sparkk8s.jenkins.watch;

import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.jenkins.agent.ClusterEventLogs;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.threads.LifecycleThreads;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLogException;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLogFigures;
import io.jenkins.plugins.sparkk8s.monitor.eventlog.EventLogSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * Reads event logs of applications that have ended, a few of each cluster at a time. A file system that does not give one is left alone
 * for a while, so that an unreachable one does not hold up the end of each application of its cluster. Thread-safe.
 */
final class EventLogs {
    /** How long no event log of a cluster is read after one could not be. */
    static final Duration PAUSE = Duration.ofMinutes(10);

    private final LifecycleThreads threads;
    private final Clock clock;
    /** Of clusters by their names; those that are gone are few. */
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();

    private record Failure(String cause, Instant until) {}

    EventLogs(LifecycleThreads threads, Clock clock) {
        this.threads = threads;
        this.clock = clock;
    }

    /** Where the event log of an application is read. */
    EventLogSource of(ApplicationRecord record, SparkCluster cluster) {
        ClusterEventLogs logs = new ClusterEventLogs(cluster);
        return () -> logs.folder(SparkConf.of(record.monitorConf()))
                .map(folder -> read(logs, folder, record.monitored().applicationId()))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private CompletableFuture<Optional<EventLogFigures>> read(
            ClusterEventLogs logs, String folder, String application) {
        String cluster = logs.cluster().getName();
        Failure failure = failures.get(cluster);
        if (failure != null && clock.instant().isBefore(failure.until())) {
            return CompletableFuture.failedFuture(new IOException("%s (Event logs of the cluster are read again at %s.)"
                    .formatted(failure.cause(), failure.until().truncatedTo(ChronoUnit.SECONDS))));
        }
        CompletableFuture<Optional<EventLogFigures>> answer = new CompletableFuture<>();
        try {
            threads.eventLog(cluster).execute(() -> read(logs, folder, application, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private void read(
            ClusterEventLogs logs,
            String folder,
            String application,
            CompletableFuture<Optional<EventLogFigures>> answer) {
        try {
            answer.complete(logs.read(folder, application));
            failures.remove(logs.cluster().getName());
        } catch (EventLogException e) {
            answer.completeExceptionally(e);
        } catch (IOException | RuntimeException | LinkageError e) {
            failures.put(
                    logs.cluster().getName(),
                    new Failure(String.valueOf(e.getMessage()), clock.instant().plus(PAUSE)));
            answer.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.completeExceptionally(e);
        }
    }
}
