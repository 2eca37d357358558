package io.jenkins.plugins.sparkk8s.submission;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Logger;

/**
 * One call for each of several objects, all at the same time: a slow API server is waited for once and not
 * once for each object.
 *
 * <p>When it returns or throws, no call is under way any more, so a roll-back finds all that was created.
 */
final class SimultaneousCalls {
    private static final Logger LOGGER = Logger.getLogger(SimultaneousCalls.class.getName());
    private static final int MAX_THREADS = 8;

    /** An interrupted call ends at once; this bounds one that does not. */
    private static final Duration SETTLE_TIMEOUT = Duration.ofSeconds(5);

    private SimultaneousCalls() {}

    /**
     * Makes the calls, then hands the results of those that succeeded to the consumer, in the order of the calls and on
     * the caller's thread.
     *
     * @throws RuntimeException the first failure, in the order of the calls, after all results were handed over
     * @throws InterruptedException when the thread is interrupted meanwhile; no result is handed over then
     */
    static <T> void run(List<Callable<T>> calls, Consumer<T> results) throws InterruptedException {
        if (calls.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(MAX_THREADS, calls.size()), task -> {
            Thread thread = new Thread(task, "spark-k8s-submission");
            thread.setDaemon(true);
            return thread;
        });
        try {
            handOver(threads.invokeAll(calls), results);
        } finally {
            threads.shutdownNow();
            settle(threads);
        }
    }

    private static <T> void handOver(List<Future<T>> futures, Consumer<T> results) throws InterruptedException {
        RuntimeException failure = null;
        for (Future<T> future : futures) {
            try {
                results.accept(future.get());
            } catch (ExecutionException e) {
                failure = failure == null ? unchecked(e.getCause()) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }

    /** Also for a thread that has been interrupted, which stays so. */
    private static void settle(ExecutorService threads) {
        boolean interrupted = Thread.interrupted();
        try {
            if (!threads.awaitTermination(SETTLE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOGGER.fine("A call of a submission has not ended although it was interrupted.");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
