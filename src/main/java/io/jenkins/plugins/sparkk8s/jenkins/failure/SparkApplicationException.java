package io.jenkins.plugins.sparkk8s.jenkins.failure;

import hudson.AbortException;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;

/**
 * An application did not succeed; the message is for the build log.
 *
 * <p>It never has a cause: a Pipeline keeps the failures of its steps on the disk, and of one that leads to a class of
 * the Kubernetes client, which Jenkins cannot store, only the stack trace would be left.
 */
public final class SparkApplicationException extends AbortException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it was, which decides whether a repeat may help. */
    public enum Kind {
        /** The arguments, the configuration or the permissions are wrong: a repeat fails in the same way. */
        CONFIGURATION,
        /** The application itself failed. */
        APPLICATION,
        /** The cluster, the network, the agent or the storage failed; the application did nothing wrong. */
        INFRASTRUCTURE,
        /** A user or a time limit ended it. */
        ABORTED,
        /** How it ended is unknown; it may have done its work, which a repeat would do twice. */
        UNKNOWN
    }

    private final Kind kind;

    public SparkApplicationException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** The same failure with its secrets hidden. */
    public SparkApplicationException masked(SecretMask mask) {
        String shown = mask.mask(getMessage());
        if (shown.equals(getMessage())) {
            return this;
        }
        SparkApplicationException masked = new SparkApplicationException(kind, shown);
        masked.setStackTrace(getStackTrace());
        return masked;
    }

    public Kind kind() {
        return kind;
    }
}
