package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.jenkins.plugins.sparkk8s.kubernetes.ApiFailure;
import io.jenkins.plugins.sparkk8s.monitor.log.LastLines;
import io.jenkins.plugins.sparkk8s.monitor.log.PodLogSource;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import io.jenkins.plugins.sparkk8s.monitor.output.LogFiles;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the log of an executor as soon as it has failed, since its pod is deleted within about a second: for the first few of
 * an application, each once and bounded, in line with all other reads of logs. Keeps them as files, and shows the last lines
 * of the first, which mostly has what all failed of. Used by tasks of the application's mailbox only.
 */
public final class FailedExecutorLogs {
    /** Executors whose logs are kept. */
    static final int MOST = 10;
    /** Reads, those that fail included. */
    static final int MOST_ATTEMPTS = 2 * MOST;
    /** Lines that are shown, of one executor. */
    static final int MOST_SHOWN = 20;

    private static final int MOST_LINES = 2000;
    private static final int MOST_CHARACTERS = 1024 * 1024;

    private final MonitorContext context;
    private final PodLogSource logs;
    private final LogFiles files;
    private final boolean areRead;
    private int attempts;
    private boolean isShown;
    private boolean isReported;
    private CompletableFuture<Void> reads = CompletableFuture.completedFuture(null);

    /**
     * @param logs of any pod of the application
     * @param areRead false when no log is to be read
     */
    public FailedExecutorLogs(MonitorContext context, PodLogSource logs, LogFiles files, boolean areRead) {
        this.context = context;
        this.logs = logs;
        this.files = files;
        this.areRead = areRead;
        this.isShown = files.executorLogs() > 0;
    }

    /** An executor has ended badly while the driver ran. */
    public void failed(PodFacts pod) {
        long id = pod.executorId();
        boolean isWanted = files.areKept() ? files.executorLogs() < MOST && !files.hasExecutorLog(id) : !isShown;
        if (areRead && isWanted && attempts < MOST_ATTEMPTS) {
            attempts++;
            Reading reading = new Reading(id, files.executorLog(id), !isShown);
            isShown = true;
            CompletableFuture<Void> done = LastLines.read(
                            logs.of(pod.podName(), pod.log().previous()),
                            pod.log().container(),
                            MOST_LINES,
                            MOST_CHARACTERS)
                    .handle(reading::ended);
            reads = CompletableFuture.allOf(reads, done);
        }
    }

    /** @return completes, never with an error, when no log is being read; the caller bounds the time */
    public CompletableFuture<Void> settled() {
        return reads.handle((nothing, problem) -> null);
    }

    /** One read, which ends on a thread of the client. */
    private final class Reading {
        private final long id;
        private final LogFiles.ExecutorLog file;
        private final boolean isToBeShown;

        Reading(long id, LogFiles.ExecutorLog file, boolean isToBeShown) {
            this.id = id;
            this.file = file;
            this.isToBeShown = isToBeShown;
        }

        Void ended(LastLines last, Throwable problem) {
            if (problem == null) {
                keep(last);
            }
            file.end(problem == null);
            if (problem != null) {
                context.mailbox().execute(() -> unread(problem));
            } else if (isToBeShown) {
                show(last.lines());
            }
            return null;
        }

        private void keep(LastLines last) {
            if (!last.isWhole()) {
                file.line(
                        "[spark] This is not the whole log: at most its last 2,000 lines, and 1 MB of them, are kept.");
            }
            last.lines().forEach(line -> file.line(context.lines().printable(line)));
        }

        private void show(List<String> all) {
            List<String> texts = all.stream().filter(line -> !line.isBlank()).toList();
            if (!texts.isEmpty()) {
                EventLines lines = context.lines();
                lines.executor(id, "the last lines of its log:");
                texts.subList(Math.max(0, texts.size() - MOST_SHOWN), texts.size())
                        .forEach(line -> lines.executorLog(id, line));
            }
        }

        private void unread(Throwable problem) {
            if (isToBeShown) {
                // The next one that fails may be readable.
                isShown = false;
            }
            if (!isReported) {
                isReported = true;
                context.lines().executor(id, "its log could not be read: %s".formatted(explain(problem)));
            }
        }

        private static String explain(Throwable problem) {
            if (!(problem instanceof RuntimeException failure)) {
                return problem.toString();
            }
            return ApiFailure.code(failure) == HttpURLConnection.HTTP_NOT_FOUND
                    ? "its pod was deleted first. Spark keeps the pods of failed executors with spark.kubernetes.executor.deleteOnTermination=false."
                    : ApiFailure.describe(failure);
        }
    }
}
