package io.jenkins.plugins.sparkk8s.cli;

import java.io.PrintWriter;

/** Standard output for what happens, standard error for what went wrong; one whole line at a time. */
final class Console {
    private final PrintWriter out;
    private final PrintWriter err;

    Console(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    synchronized void line(String text) {
        out.println(text);
    }

    synchronized void warning(String sentence) {
        err.println("Warning: " + sentence);
    }

    synchronized void error(String sentence) {
        err.println("Error: " + sentence);
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }
}
