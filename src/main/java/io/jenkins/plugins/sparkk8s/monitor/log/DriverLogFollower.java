package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.kubernetes.ApiFailure;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import io.jenkins.plugins.sparkk8s.monitor.pods.Backoff;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorTimings;
import io.jenkins.plugins.sparkk8s.monitor.pods.TimeLimit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Shows the driver's log as it grows, by short reads: between two of them neither a thread nor a connection is held.
 *
 * <p>A read continues at a {@link LogCursor}, so that an API server that was away costs no line and repeats none. The
 * bytes of one read are bounded; a second in which the driver wrote more than the bound is read with a greater one, and
 * beyond the greatest its rest is left out with a line that says so. Lives from {@link #start} to {@link #finish} or
 * {@link #close}.
 */
public final class DriverLogFollower implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(DriverLogFollower.class.getName());
    private static final int FIRST_LIMIT = 1024 * 1024;
    private static final int GREATEST_LIMIT = 64 * 1024 * 1024;
    /** A read that takes longer is broken off; the next one continues. */
    private static final Duration LONGEST_READ = Duration.ofSeconds(30);

    private final LogSource source;
    private final EventLines lines;
    private final ScheduledExecutorService scheduler;
    private final MonitorTimings pace;
    private final Backoff quiet;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private LogCursor cursor;
    private String container;
    private int limit = FIRST_LIMIT;
    private ScheduledFuture<?> next;
    private boolean reading;
    private boolean last;
    private boolean readingLast;
    private boolean closed;

    public DriverLogFollower(
            LogSource source,
            EventLines lines,
            ScheduledExecutorService scheduler,
            MonitorTimings pace,
            LogCursor from) {
        this.source = source;
        this.lines = lines;
        this.scheduler = scheduler;
        this.pace = pace;
        this.quiet = new Backoff(pace.logWithNews(), pace.logQuiet());
        this.cursor = from;
    }

    /** The container runs or has run; further calls change nothing. */
    public synchronized void start(String name) {
        if (container == null && !closed) {
            container = name;
            readAfter(Duration.ZERO);
        }
    }

    /**
     * The container has ended: reads the rest.
     *
     * @return completes when all is read, cannot be read, or the bound is over; never with an error
     */
    public synchronized CompletableFuture<Void> finish(Duration bound) {
        last = true;
        if (container == null || closed) {
            finished.complete(null);
        } else {
            readAfter(Duration.ZERO);
            finished.completeOnTimeout(null, bound.toNanos(), TimeUnit.NANOSECONDS);
        }
        return finished;
    }

    /** Where a later follower can go on. */
    public synchronized LogCursor cursor() {
        return cursor;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel(false);
        }
        finished.complete(null);
    }

    private void readAfter(Duration delay) {
        if (closed || reading) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        try {
            next = scheduler.schedule(this::read, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The scheduler is shut down; the driver's log is no longer read.", e);
            close();
        }
    }

    private void read() {
        LogReading reading = begin();
        if (reading == null) {
            return;
        }
        try {
            readOnce(reading);
            succeeded(reading);
        } catch (IOException e) {
            failed(new UncheckedIOException(e));
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private synchronized LogReading begin() {
        if (closed || reading) {
            return null;
        }
        reading = true;
        readingLast = last;
        return new LogReading(cursor, limit, this::show);
    }

    /** Whoever holds the lock sees a cursor that agrees with the lines that were written. */
    private synchronized void show(String text, LogCursor reached) {
        cursor = reached;
        lines.driverLog(text);
    }

    private void readOnce(LogReading reading) throws IOException {
        try (InputStream in = source.open(container, reading.cursor().sinceTime(), limit)) {
            TimeLimit timeLimit = TimeLimit.of(LONGEST_READ, () -> closeQuietly(in));
            try {
                reading.read(in, readingLast);
            } finally {
                timeLimit.stop();
            }
        }
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "A read of the driver's log that took too long could not be broken off.", e);
        }
    }

    private synchronized void succeeded(LogReading done) {
        reading = false;
        if (done.limitReached()) {
            adaptLimit(done.hasNews());
            readAfter(Duration.ZERO);
            return;
        }
        limit = FIRST_LIMIT;
        if (readingLast) {
            close();
            return;
        }
        if (done.hasNews()) {
            quiet.reset();
        }
        readAfter(last ? Duration.ZERO : quiet.next());
    }

    private void adaptLimit(boolean news) {
        if (news) {
            limit = FIRST_LIMIT;
        } else if (limit < GREATEST_LIMIT) {
            limit *= 2;
        } else {
            lines.spark("the driver wrote more than %d MiB within one second; the rest of that second's log is left out"
                    .formatted(GREATEST_LIMIT / (1024 * 1024)));
            cursor = cursor.skippingSecond();
            limit = FIRST_LIMIT;
        }
    }

    private synchronized void failed(RuntimeException e) {
        reading = false;
        LOGGER.log(Level.FINE, "The driver's log could not be read; it will be tried again.", e);
        int code = ApiFailure.code(e);
        if (code == HttpURLConnection.HTTP_FORBIDDEN) {
            lines.spark("the driver's log is not shown: " + ApiFailure.describe(e));
            close();
        } else if (last && isRefusal(code)) {
            close();
        } else {
            readAfter(last ? pace.logWithNews() : quiet.next());
        }
    }

    /** The pod is gone (404), or its container's status is (400): asking again would not help. */
    private static boolean isRefusal(int code) {
        return code == HttpURLConnection.HTTP_NOT_FOUND || code == HttpURLConnection.HTTP_BAD_REQUEST;
    }
}
