package io.jenkins.plugins.sparkk8s.monitor.log;

import io.jenkins.plugins.sparkk8s.monitor.log.LogRead.Purpose;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import io.jenkins.plugins.sparkk8s.monitor.output.LogCursor;
import io.jenkins.plugins.sparkk8s.monitor.pods.Backoff;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Shows and keeps the driver's log as it grows, all of it or what is wanted of it, or says in one line what is missing and how to read it.
 *
 * <p>A quiet driver is polled, later and later, and one that writes little about every second. One that writes much is followed by
 * streams of bounded length; so drivers that write little hold no connection. Each read continues at the {@link LogCursor},
 * so that a read that breaks off costs no line and repeats none. Nothing here waits: bytes come on a thread of the client,
 * which alone writes lines and is held up when the output is slow, and then the API server has to wait. When that would
 * last, the reader jumps to the last lines, and says so.
 *
 * <p>Lives from {@link #start} to {@link #finish} or {@link #close}.
 */
public final class DriverLogFollower implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(DriverLogFollower.class.getName());
    private static final Duration MAX_PAUSE = Duration.ofMinutes(10);

    private final LogSource source;
    private final EventLines lines;
    private final LogDestinations to;
    private final LogTasks tasks;
    private final LogTimings timings;
    private final ShownLog shown;
    private final ReadDelays delays;
    private final Backoff streams;
    private final ReadFailures failures;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();

    // Guarded by this, which is never held while a line is written.
    private String container;
    private LogNotices notices;
    private LogRead current;
    private String podVersion;
    private Purpose jump;
    private long secondBytes;
    private boolean paused;
    private boolean closed;
    private Ending ending;

    /**
     * @param timers only pass tasks on when their time has come
     * @param to what becomes of the lines, and where an earlier follower has stopped
     */
    public DriverLogFollower(
            LogSource source, MonitorContext context, ScheduledExecutorService timers, LogDestinations to) {
        this.source = source;
        this.lines = context.lines();
        this.to = to;
        this.tasks = new LogTasks(timers, context.mailbox());
        this.timings = LogTimings.of(context.timings());
        this.shown = new ShownLog(lines, to, context.timings().lastLog());
        this.delays = new ReadDelays(this.timings.whileQuiet());
        this.streams = this.timings.streams();
        this.failures = new ReadFailures(this.timings);
    }

    /** The container runs or has run; further calls change nothing. */
    public synchronized void start(String name) {
        if (container == null && !closed) {
            container = name;
            notices = new LogNotices(lines, to, source.command(name));
            shown.start(notices);
            readAfter(Duration.ZERO, Purpose.POLL);
        }
    }

    /** The pod was seen in this version: when that is a new one, a quiet log is read at once. */
    public synchronized void changed(String version) {
        boolean isNews = !Objects.equals(version, podVersion);
        podVersion = version;
        if (isNews && container != null && current == null && !failures.isFailing() && ending == null) {
            delays.reset();
            readAfter(Duration.ZERO, poll());
        }
    }

    /** The API server does not answer: no read begins until {@link #resume}, but for those after the driver's end. */
    public synchronized void pause() {
        paused = true;
        if (ending == null) {
            tasks.cancelNext();
        }
    }

    /** The API server answers again. */
    public synchronized void resume() {
        if (paused) {
            paused = false;
            failures.reset();
            if (container != null) {
                readAfter(LogTimings.spread(timings.afterOutage()), ending == null ? poll() : Purpose.REST);
            }
        }
    }

    /**
     * The container has ended: reads the rest.
     *
     * @param noProgress how long no new byte may come before the rest is given up
     * @return completes when all is read, or a line says what is missing; never with an error
     */
    public synchronized CompletableFuture<Void> finish(Duration noProgress) {
        if (container == null || closed) {
            finished.complete(null);
        } else if (ending == null) {
            ending = new Ending(noProgress, System.nanoTime());
            if (current == null) {
                readAfter(Duration.ZERO, Purpose.REST);
            }
            tasks.check(timings.news().dividedBy(2), this::check);
        }
        return finished;
    }

    /** How far the log is shown, and where a later follower can continue. */
    public LogCursor cursor() {
        return shown.cursor();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            tasks.cancelAll();
            if (current != null) {
                current.cancel();
            }
        }
        finished.complete(null);
    }

    private void readAfter(Duration delay, Purpose purpose) {
        if (closed || current != null || paused && ending == null) {
            return;
        }
        if (!tasks.runAfter(delay, () -> read(purpose))) {
            close();
        }
    }

    private synchronized void read(Purpose purpose) {
        if (closed || current != null) {
            return;
        }
        boolean skips = jump != null;
        jump = null;
        LogRead read =
                new LogRead(purpose, purpose == Purpose.FOLLOW ? streams.next() : null, cursor(), shown, this::ended);
        current = read;
        shown.begin(skips, purpose == Purpose.FOLLOW ? () -> jump(Purpose.FOLLOW) : null);
        if (ending != null) {
            ending.begin(read);
            tasks.check(timings.news().dividedBy(2), this::check);
        }
        read.open(source, container, skips);
    }

    /** After the driver's end: no longer waits for what does not come. */
    private synchronized void check() {
        if (closed) {
            return;
        }
        if (ending.isOverdue(current)) {
            giveUp(failures.latest(LogNotices.silent(ending.noProgress())));
        } else if (current != null && current.isQuietStream(timings.quietStream())) {
            current.cancel();
        } else if (current != null && ending.lasts(MAX_PAUSE)) {
            jump(Purpose.TAIL);
        }
    }

    private synchronized void jump(Purpose to) {
        if (current != null && current.purpose() != Purpose.TAIL) {
            jump = to;
            current.cancel();
        }
    }

    /** On a thread of the client, which may write, when the answer was whole; else on any, which may not. */
    private void ended(LogRead read, RuntimeException problem) {
        if (problem == null && read.purpose() != Purpose.FOLLOW && read.purpose() != Purpose.POLL) {
            read.reading().end();
        }
        String words = read.reading().kubeletWords();
        boolean isLog = words == null || read.reading().hasLines();
        decide(read, problem == null && !isLog ? LogNotices.kubelet(words) : problem);
    }

    private synchronized void decide(LogRead read, RuntimeException problem) {
        current = null;
        if (closed) {
            return;
        }
        if (read.reading().hasNews() && read.purpose() != Purpose.PROBE) {
            secondBytes = read.reading().secondBytes();
            delays.news();
        } else {
            delays.nothingNew();
        }
        boolean whole = problem == null;
        if (jump != null) {
            readAfter(Duration.ZERO, ending == null ? jump : Purpose.TAIL);
        } else if (read.purpose() == Purpose.FOLLOW && (problem instanceof CancellationException || read.bytes() > 0)) {
            streamEnded(read, whole);
        } else if (whole) {
            succeeded(read);
        } else {
            failed(read, problem);
        }
    }

    /** By its time limit, by the API server, or by us. */
    private void streamEnded(LogRead stream, boolean whole) {
        failures.reset();
        if (ending != null) {
            readAfter(Duration.ZERO, whole ? Purpose.PROBE : Purpose.REST);
        } else if (!whole && stream.reading().hasNews() && timings.isBusy(stream.quietFor())) {
            readAfter(Duration.ZERO, Purpose.FOLLOW);
        } else {
            streams.reset();
            readAfter(nextDelay(), poll());
        }
    }

    private void succeeded(LogRead read) {
        failures.reset();
        Purpose purpose = read.purpose();
        if (purpose == Purpose.FOLLOW) {
            streamEnded(read, true);
        } else if (purpose == Purpose.REST || purpose == Purpose.TAIL) {
            complete(read);
        } else if (ending == null) {
            boolean much = purpose == Purpose.PROBE ? read.hasNewsAfter(cursor()) : read.isLimitReached();
            readAfter(much ? Duration.ZERO : nextDelay(), much ? Purpose.FOLLOW : poll());
        } else if (purpose == Purpose.PROBE && ending.covers(read) && !read.hasNewsAfter(cursor())) {
            finishAfter(() -> {});
        } else {
            readAfter(Duration.ZERO, Purpose.REST);
        }
    }

    private void complete(LogRead read) {
        boolean vanished = !read.reading().hasLines() && read.from().time() != null;
        finishAfter(vanished ? () -> notices.rotatedAtEnd(cursor()) : () -> {});
    }

    private void failed(LogRead read, RuntimeException e) {
        LOGGER.log(Level.FINE, "The driver's log could not be read; retrying.", e);
        if (read.reading().hasNews()) {
            failures.reset();
            readAfter(ending == null ? nextDelay() : Duration.ZERO, ending == null ? poll() : Purpose.REST);
            return;
        }
        failures.add(e);
        if (ending == null) {
            failures.report(notices, cursor()).ifPresent(tasks::write);
            readAfter(failures.delay(), poll());
        } else if (failures.areFinal()) {
            giveUp(e);
        } else {
            readAfter(timings.news(), Purpose.REST);
        }
    }

    private Duration nextDelay() {
        return LogTimings.jittered(delays.next());
    }

    private Purpose poll() {
        return secondBytes > LogRead.POLL_BYTES / 2 ? Purpose.PROBE : Purpose.POLL;
    }

    private void giveUp(RuntimeException e) {
        LogCursor reached = cursor();
        finishAfter(() -> notices.incomplete(reached, e));
    }

    /** Nothing more is read. */
    private void finishAfter(Runnable lastLine) {
        closed = true;
        tasks.cancelAll();
        LogRead read = current;
        if (read != null) {
            read.cancel();
        }
        boolean willFinish = tasks.write(() -> {
            lastLine.run();
            shown.end();
            finished.complete(null);
        });
        if (!willFinish) {
            finished.complete(null);
        }
    }
}
