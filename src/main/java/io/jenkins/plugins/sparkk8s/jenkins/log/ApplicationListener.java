package io.jenkins.plugins.sparkk8s.jenkins.log;

import hudson.model.TaskListener;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * The build log for one application: without its secrets, and each line with its label. An agent gets the log with the label
 * that the application has by then; it masks what it writes itself.
 */
public final class ApplicationListener implements TaskListener {
    private static final long serialVersionUID = 1L;

    private final TaskListener listener;
    private final transient Supplier<SecretMask> mask;
    private final transient Supplier<String> label;

    /** @param label stands before each line, empty for none; see {@link ApplicationLabel} */
    public ApplicationListener(TaskListener listener, Supplier<SecretMask> mask, Supplier<String> label) {
        this.listener = listener;
        this.mask = mask;
        this.label = label;
    }

    @Override
    public PrintStream getLogger() {
        return new ApplicationStream(listener.getLogger(), mask, label);
    }

    /** {@link OnAgent} is sent instead. */
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("the log of an application is not sent itself");
    }

    private Object writeReplace() {
        return new OnAgent(listener, label.get());
    }

    /** What the application of a label writes on an agent. Closing it sends what it has written. */
    private record OnAgent(TaskListener listener, String label) implements TaskListener, AutoCloseable {
        @Override
        public PrintStream getLogger() {
            return new ApplicationStream(listener.getLogger(), SecretMask::none, () -> label);
        }

        @Override
        public void close() throws Exception {
            if (listener instanceof AutoCloseable sender) {
                sender.close();
            }
        }
    }
}
