package io.jenkins.plugins.sparkk8s.monitor.output;

/** Where the user reads along: the build log or the terminal. Called from several threads, one call at a time. */
@FunctionalInterface
public interface ApplicationOutput {

    /** @param text one line without its end, already printable */
    void line(String text);
}
