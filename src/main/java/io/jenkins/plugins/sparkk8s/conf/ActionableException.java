package io.jenkins.plugins.sparkk8s.conf;

/**
 * An error whose message is a sentence for the user: it names the key or the object and what to do about it.
 *
 * <p>The caller that reports it (the command, the build log) prints {@link #getMessage()} alone; the cause is for the
 * system log.
 */
public abstract class ActionableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    protected ActionableException(String message) {
        super(message);
    }

    protected ActionableException(String message, Throwable cause) {
        super(message, cause);
    }
}
