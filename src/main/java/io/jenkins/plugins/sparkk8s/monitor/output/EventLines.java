package io.jenkins.plugins.sparkk8s.monitor.output;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one way to the user's output: gives each line its prefix, makes it printable, writes one line at a time, and
 * knows how long it has been quiet. Thread-safe. An output that fails does not stop the monitoring.
 */
public final class EventLines {
    private static final Logger LOGGER = Logger.getLogger(EventLines.class.getName());

    private final ApplicationOutput output;
    private final Clock clock;
    private Instant lastLine;

    public EventLines(ApplicationOutput output, Clock clock) {
        this.output = output;
        this.clock = clock;
        this.lastLine = clock.instant();
    }

    /** About the application as a whole. */
    public void spark(String text) {
        print("[spark] " + text);
    }

    /** About the driver pod. */
    public void driver(String text) {
        print("[driver] " + text);
    }

    public void executor(long id, String text) {
        print("[executor %d] %s".formatted(id, text));
    }

    /** A line that the driver wrote. */
    public void driverLog(String text) {
        print("[driver] | " + text);
    }

    public synchronized Duration quietFor() {
        return Duration.between(lastLine, clock.instant());
    }

    private synchronized void print(String text) {
        lastLine = clock.instant();
        try {
            output.line(TextSanitizer.line(text));
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "The output did not take a line.", e);
        }
    }
}
