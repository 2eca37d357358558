package io.jenkins.plugins.sparkk8s.monitor.output;

import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one way to the user's output: gives each line its prefix, makes it printable, hides secrets, writes one line at a
 * time, and knows how long it has been quiet. Thread-safe. An output that fails does not stop the monitoring.
 */
public final class EventLines {
    private static final Logger LOGGER = Logger.getLogger(EventLines.class.getName());

    private final ApplicationOutput output;
    private final SecretMask mask;
    private final Clock clock;
    private volatile Instant lastLine;

    /** @param mask applied to every line, whatever it is about */
    public EventLines(ApplicationOutput output, SecretMask mask, Clock clock) {
        this.output = output;
        this.mask = mask;
        this.clock = clock;
        this.lastLine = clock.instant();
    }

    /** What is hidden in every line. */
    public SecretMask mask() {
        return mask;
    }

    /** About the application as a whole. */
    public void spark(String text) {
        print("[spark] " + text);
    }

    /** About the driver pod. */
    public void driver(String text) {
        print("[driver] " + text);
    }

    /** About the jobs and stages that the driver runs. */
    public void progress(String text) {
        print("[progress] " + text);
    }

    public void executor(long id, String text) {
        print("[executor %d] %s".formatted(id, text));
    }

    /** A line that an executor wrote. */
    public void executorLog(long id, String text) {
        print("[executor %d] | %s".formatted(id, text));
    }

    /**
     * A line that the driver wrote.
     *
     * @param reached how far its log is shown with this line
     */
    public void driverLog(String text, LogCursor reached) {
        log("[driver] | " + text, reached);
    }

    /** A line that stands for a part of the driver's log. */
    public void log(String text, LogCursor reached) {
        print(text, line -> output.logLine(line, reached));
    }

    /** Never waits, not even for an output that takes its time. */
    public Duration quietFor() {
        return Duration.between(lastLine, clock.instant());
    }

    /** Without secrets and control characters. What the removal of these joins may be a secret, too. */
    public String printable(String text) {
        String masked = mask.mask(text);
        String line = TextSanitizer.line(masked);
        return line.equals(masked) ? line : mask.mask(line);
    }

    private void print(String text) {
        print(text, output::line);
    }

    private synchronized void print(String text, Consumer<String> output) {
        lastLine = clock.instant();
        try {
            output.accept(printable(text));
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "The output did not take a line.", e);
        }
    }
}
