package io.jenkins.plugins.sparkk8s.jenkins;

import io.jenkins.plugins.sparkk8s.monitor.LogCursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How far a driver's log has been shown, in a small file beside the build's log, since it changes more often than the build. */
final class LogCursorFile {
    private static final Logger LOGGER = Logger.getLogger(LogCursorFile.class.getName());

    private final Path file;
    private LogCursor written;

    /** @param directory the build's */
    LogCursorFile(Path directory, String applicationId) {
        this.file = directory.resolve("spark-log-" + applicationId + ".cursor");
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
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read; the driver's log is shown from its beginning");
            return LogCursor.beginning();
        }
    }

    synchronized void write(LogCursor cursor) {
        if (cursor.time() == null || cursor.equals(written)) {
            return;
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(fresh, cursor.time() + " " + cursor.lines());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written = cursor;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> file + " cannot be written");
        }
    }
}
