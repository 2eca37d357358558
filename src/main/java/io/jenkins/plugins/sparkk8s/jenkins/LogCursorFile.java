package io.jenkins.plugins.sparkk8s.jenkins;

import io.jenkins.plugins.sparkk8s.monitor.LogCursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How far a driver's log has been shown, in a small file beside the build's log, since it changes more often than the build.
 *
 * <p>What is written lags behind: a line that was printed reaches the disk only seconds later, and a cursor beyond what is on
 * the disk would lose it. {@link ResumedOutput} leaves out what is read twice therefore.
 */
final class LogCursorFile {
    private static final Logger LOGGER = Logger.getLogger(LogCursorFile.class.getName());

    /** Longer than a build log keeps a line in memory. */
    private static final Duration LAG = Duration.ofSeconds(20);

    private final Path file;
    private final Clock clock;
    private final Deque<Reached> behind = new ArrayDeque<>();
    private LogCursor written;

    /** A place and when it was reached. */
    private record Reached(LogCursor cursor, Instant time) {}

    /** @param directory the build's */
    LogCursorFile(Path directory, String applicationId, Clock clock) {
        this.file = directory.resolve("spark-log-" + applicationId + ".cursor");
        this.clock = clock;
    }

    /** The beginning when nothing was written, or it cannot be understood. */
    LogCursor read() {
        if (!Files.exists(file)) {
            return LogCursor.beginning();
        }
        try {
            String[] words = Files.readString(file).strip().split(" ");
            return new LogCursor(Instant.parse(words[0]), Integer.parseInt(words[1]));
        } catch (IOException | DateTimeParseException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read; the driver's log is read from its beginning");
            return LogCursor.beginning();
        }
    }

    /** Tells how far the log has been shown; to be called often. */
    synchronized void reached(LogCursor cursor) {
        if (cursor.time() == null) {
            return;
        }
        if (behind.isEmpty() || !behind.getLast().cursor().equals(cursor)) {
            behind.addLast(new Reached(cursor, clock.instant()));
        }
        // The newest place stays out in any case, so that a later reading always begins with a line that was shown.
        Instant safe = clock.instant().minus(LAG);
        LogCursor reached = null;
        while (behind.size() > 1 && !behind.getFirst().time().isAfter(safe)) {
            reached = behind.removeFirst().cursor();
        }
        if (reached != null && !reached.equals(written)) {
            write(reached);
        }
    }

    private void write(LogCursor cursor) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(fresh, cursor.time() + " " + cursor.lines());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written = cursor;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> file + " cannot be written");
        }
    }

    /** The application has ended. */
    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> file + " cannot be deleted");
        }
    }
}
