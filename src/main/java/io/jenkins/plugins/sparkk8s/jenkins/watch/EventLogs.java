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
 * Reads event logs of applications that have ended, a few of each cluster at a time, and once for all builds that ask for the same one
 * meanwhile. A file system that takes long to fail is left alone for a while, so that an unreachable one does not hold up the end of each
 * application of its cluster; one that refuses a log at once holds up nothing, and the next one may be given. Thread-safe.
 */
final class EventLogs {
    /** How long no event log of a file system is read after one could not be. */
    static final Duration PAUSE = Duration.ofMinutes(10);

    /** What the end of an application may be held up for by each log that cannot be read. */
    static final Duration QUICK = Duration.ofSeconds(3);

    private final LifecycleThreads threads;
    private final Clock clock;
    private final Map<FileSystem, Failure> failures = new ConcurrentHashMap<>();
    private final Map<Log, CompletableFuture<Optional<EventLogFigures>>> reads = new ConcurrentHashMap<>();

    /** Those that an administrator has configured: they are few. */
    private record FileSystem(String cluster, String authority) {}

    private record Failure(String cause, Instant until) {}

    /** The event log of one application. */
    record Log(String cluster, String folder, String application) {
        private FileSystem fileSystem() {
            int authority = folder.indexOf("://");
            int end = authority < 0 ? -1 : folder.indexOf('/', authority + 3);
            return new FileSystem(cluster, end < 0 ? folder : folder.substring(0, end));
        }
    }

    /** Reads one event log; may wait. */
    interface Reader {
        Optional<EventLogFigures> read() throws IOException, InterruptedException;
    }

    EventLogs(LifecycleThreads threads, Clock clock) {
        this.threads = threads;
        this.clock = clock;
    }

    /** Where the event log of an application is read. */
    EventLogSource of(ApplicationRecord record, SparkCluster cluster) {
        ClusterEventLogs logs = new ClusterEventLogs(cluster);
        String application = record.monitored().applicationId();
        return () -> logs.folder(SparkConf.of(record.monitorConf()))
                .map(folder ->
                        read(new Log(cluster.getName(), folder, application), () -> logs.read(folder, application)))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    /** Those who ask while it is read get the same answer. */
    CompletableFuture<Optional<EventLogFigures>> read(Log log, Reader reader) {
        CompletableFuture<Optional<EventLogFigures>> answer = new CompletableFuture<>();
        CompletableFuture<Optional<EventLogFigures>> underWay = reads.putIfAbsent(log, answer);
        if (underWay != null) {
            return underWay;
        }
        answer.whenComplete((figures, problem) -> reads.remove(log, answer));
        Optional<IOException> paused = paused(log);
        if (paused.isPresent()) {
            answer.completeExceptionally(paused.get());
            return answer;
        }
        Instant asked = clock.instant();
        try {
            threads.eventLog(log.cluster()).execute(() -> read(log, reader, asked, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private Optional<IOException> paused(Log log) {
        Failure failure = failures.get(log.fileSystem());
        return failure == null || !clock.instant().isBefore(failure.until())
                ? Optional.empty()
                : Optional.of(new IOException("%s (Event logs of this file system are read again at %s.)"
                        .formatted(failure.cause(), failure.until().truncatedTo(ChronoUnit.SECONDS))));
    }

    /** A file system may have failed, and those who asked may have given up, while the task was queued. */
    private void read(Log log, Reader reader, Instant asked, CompletableFuture<Optional<EventLogFigures>> answer) {
        Instant start = clock.instant();
        Optional<IOException> paused = paused(log);
        if (paused.isPresent()) {
            answer.completeExceptionally(paused.get());
            return;
        }
        if (Duration.between(asked, start).compareTo(EventLogSource.LIMIT) > 0) {
            answer.completeExceptionally(new IOException("too many others were read before it"));
            return;
        }
        try {
            answer.complete(reader.read());
            failures.remove(log.fileSystem());
        } catch (EventLogException e) {
            answer.completeExceptionally(e);
        } catch (IOException | RuntimeException | LinkageError e) {
            pauseAfter(log, e, start);
            answer.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.completeExceptionally(e);
        }
    }

    private void pauseAfter(Log log, Throwable problem, Instant start) {
        Instant now = clock.instant();
        if (Duration.between(start, now).compareTo(QUICK) > 0) {
            failures.put(log.fileSystem(), new Failure(String.valueOf(problem.getMessage()), now.plus(PAUSE)));
        }
    }
}
