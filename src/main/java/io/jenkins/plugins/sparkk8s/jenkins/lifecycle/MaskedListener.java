package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.model.TaskListener;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.io.PrintStream;
import java.util.function.Supplier;

/** The build log without the secrets of one application. An agent gets the log itself: it masks what it writes. */
final class MaskedListener implements TaskListener {
    private static final long serialVersionUID = 1L;

    private final TaskListener listener;
    private final transient Supplier<SecretMask> mask;

    MaskedListener(TaskListener listener, Supplier<SecretMask> mask) {
        this.listener = listener;
        this.mask = mask;
    }

    @Override
    public PrintStream getLogger() {
        return new MaskedStream(listener.getLogger(), mask);
    }

    private Object writeReplace() {
        return listener;
    }
}
