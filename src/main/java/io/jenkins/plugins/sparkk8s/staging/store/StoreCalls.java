package io.jenkins.plugins.sparkk8s.staging.store;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the calls of one submission to a store, several at once, and bounds all of them together: when for some time none has
 * made progress, whatever they are repeating, they are given up. What does not react to that is left to end by itself.
 */
public final class StoreCalls implements AutoCloseable {
    /** What a store gets to answer before it is taken for dead. */
    public static final Duration STALL = Duration.ofSeconds(45);

    /** How long calls that were given up may take to remove what they have begun, before their connections are closed. */
    private static final Duration END = Duration.ofSeconds(1);

    /** The same when a user has cancelled them, who waits. */
    private static final Duration CANCELLED_END = Duration.ofMillis(400);

    /** How long they may take after that. */
    private static final Duration DISCONNECTED_END = Duration.ofMillis(200);

    /** What a user who has cancelled them waits for all that follows. */
    private static final Duration CANCELLED = Duration.ofMillis(900);

    private static final Duration CLOSING = Duration.ofSeconds(1);

    /** The same where classes are fetched from another machine meanwhile. */
    private static final Duration FETCHING_STALL = Duration.ofMinutes(6);

    private final Duration stall;
    private final boolean interrupts;
    private final ExecutorService threads;
    private final ExecutorService computing;
    private final OpenStores stores = new OpenStores();
    private final Object ends = new Object();

    /** Guarded by {@code ends}, which is notified when one ends. */
    private int running;

    private volatile long progress = System.nanoTime();

    /** Null until the thread that waits for calls is interrupted, or a call was. */
    private volatile Long cancelled;

    /** @param count of threads; they end with {@link #close} */
    public StoreCalls(int count, Duration stall) {
        this(count, stall, true);
    }

    private StoreCalls(int count, Duration stall, boolean interrupts) {
        this.stall = stall;
        this.interrupts = interrupts;
        this.threads = pool(count, "spark-upload-");
        this.computing = pool(Math.min(count, Runtime.getRuntime().availableProcessors()), "spark-upload-computing-");
    }

    private static ExecutorService pool(int count, String name) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Threads that compute, or read and write local files: no more than there are processors, and none before the first task. */
    public Executor computing() {
        return computing;
    }

    /** Those that fetch classes: they are waited for longer, and left alone when they are given up. */
    public static StoreCalls fetchingClasses(int count) {
        return new StoreCalls(count, FETCHING_STALL, false);
    }

    /** Something has moved; may be called on any thread. */
    public void progressed() {
        progress = System.nanoTime();
    }

    /** Has a store closed with this, or when a call that may use it is given up and does not end. */
    public <T extends Closeable> T opened(T store) {
        return stores.add(store);
    }

    /** What is left of the time that a user who has cancelled the calls waits; empty when none has. */
    public Optional<Duration> cancelledLeft() {
        Long since = cancelled;
        return since == null
                ? Optional.empty()
                : Optional.of(CANCELLED.minusNanos(System.nanoTime() - since))
                        .map(left -> left.isNegative() ? Duration.ZERO : left);
    }

    public <T> T one(Callable<T> call) throws IOException, InterruptedException {
        return all(List.of(call)).get(0);
    }

    /**
     * Runs all of them, as many at once as there are threads.
     *
     * @return the results in the order of the calls
     * @throws IOException the first that a call threw, as with unchecked exceptions; or a {@link SocketTimeoutException}
     *     when none has made progress
     * @throws InterruptedException when this thread, or that of a call, is interrupted; calls have ended then, or end as
     *     soon as they can
     */
    public <T> List<T> all(Collection<Callable<T>> calls) throws IOException, InterruptedException {
        progressed();
        CompletionService<T> completion = new ExecutorCompletionService<>(threads);
        List<Future<T>> futures = new ArrayList<>();
        calls.forEach(call -> futures.add(completion.submit(() -> counted(call))));
        boolean complete = false;
        try {
            for (int i = 0; i < futures.size(); i++) {
                rethrow(next(completion));
            }
            complete = true;
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call that has succeeded failed", e);
        } catch (InterruptedException e) {
            cancelled = System.nanoTime();
            throw e;
        } finally {
            if (!complete) {
                cancel(futures);
            }
        }
    }

    private <T> Future<T> next(CompletionService<T> completion) throws IOException, InterruptedException {
        while (true) {
            long left = stall.toNanos() - (System.nanoTime() - progress);
            Future<T> future = completion.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
            if (future != null) {
                progressed();
                return future;
            }
            if (stall.toNanos() <= System.nanoTime() - progress) {
                throw new SocketTimeoutException("no answer for %d s".formatted(stall.toSeconds()));
            }
        }
    }

    private static void rethrow(Future<?> ended) throws IOException, InterruptedException {
        try {
            ended.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException failure) {
                throw failure;
            }
            if (cause instanceof InterruptedException interruption) {
                throw interruption;
            }
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IOException(cause);
        }
    }

    private <T> T counted(Callable<T> call) throws Exception {
        synchronized (ends) {
            running++;
        }
        try {
            T result = call.call();
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted during an upload");
            }
            return result;
        } finally {
            synchronized (ends) {
                running--;
                ends.notifyAll();
            }
        }
    }

    /**
     * Takes up to a second, also when this thread is interrupted: what they wrote is to be gone when this returns. A call that
     * waits in a socket does not react to an interruption, but to the end of its connection.
     */
    private <T> void cancel(List<Future<T>> futures) {
        boolean interrupted = Thread.interrupted();
        futures.forEach(future -> future.cancel(interrupts));
        boolean interruptedLater = awaitEnds(cancelled == null ? END : CANCELLED_END);
        if (interrupts && isRunning()) {
            stores.close(() -> {});
            interruptedLater |= awaitEnds(DISCONNECTED_END);
        }
        if (interrupted || interruptedLater) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isRunning() {
        synchronized (ends) {
            return running > 0;
        }
    }

    /** @return whether this thread was interrupted meanwhile, which shortens nothing */
    private boolean awaitEnds(Duration limit) {
        boolean interrupted = false;
        long end = System.nanoTime() + limit.toNanos();
        synchronized (ends) {
            for (long left = limit.toMillis();
                    running > 0 && left > 0;
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                try {
                    ends.wait(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        return interrupted;
    }

    /** Closes the stores too, and waits a second at most for that; not at all when the calls were cancelled. */
    @Override
    public void close() {
        if (interrupts) {
            threads.shutdownNow();
            stores.close(() -> {});
        } else {
            threads.shutdown();
            // Its threads may be fetching classes, too.
            stores.close(() -> awaitEnds(FETCHING_STALL));
        }
        computing.shutdownNow();
        if (cancelled == null) {
            stores.await(CLOSING);
        }
    }
}
