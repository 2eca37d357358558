package io.jenkins.plugins.sparkk8s.monitor.output;

/** Takes the lines of one application, one at a time and each without its end. May block: never called by a timer. */
@FunctionalInterface
public interface ApplicationOutput {

    /** A line about the application, its driver pod or an executor. */
    void line(String text);

    /**
     * A line of the driver's log, or one that stands for a part of it.
     *
     * @param reached how far the driver's log is shown once this line is written
     */
    default void logLine(String text, LogCursor reached) {
        line(text);
    }
}
