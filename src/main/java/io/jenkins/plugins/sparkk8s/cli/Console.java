package io.jenkins.plugins.sparkk8s.cli;

import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.io.PrintWriter;

/**
 * Standard output for what happens, standard error for what went wrong; one whole line at a time, and none with a secret
 * that is known by then ({@link #hide}).
 */
final class Console {
    private final PrintWriter out;
    private final PrintWriter err;
    private SecretMask mask = SecretMask.none();

    Console(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** From now on nothing is printed that the mask hides; what was hidden before stays hidden. */
    synchronized void hide(SecretMask secrets) {
        mask = mask.and(secrets);
    }

    /** All that is hidden by now. */
    synchronized SecretMask hidden() {
        return mask;
    }

    synchronized void line(String text) {
        out.println(mask.mask(text));
    }

    synchronized void warning(String sentence) {
        err.println("Warning: " + mask.mask(sentence));
    }

    synchronized void error(String sentence) {
        err.println("Error: " + mask.mask(sentence));
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }
}
