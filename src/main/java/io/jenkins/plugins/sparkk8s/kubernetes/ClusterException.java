package io.jenkins.plugins.sparkk8s.kubernetes;

import io.jenkins.plugins.sparkk8s.conf.ActionableException;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;

/** The cluster refused or failed to do something; the message says what, where, and what to do about it. */
public final class ClusterException extends ActionableException {
    private static final long serialVersionUID = 1L;

    private final int code;

    public ClusterException(String message) {
        this(message, 0, null);
    }

    /** @param code HTTP status of the API server; 0 when there was no answer */
    public ClusterException(String message, int code, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The same failure with its secrets hidden. */
    public ClusterException masked(SecretMask mask) {
        ClusterException masked = new ClusterException(mask.mask(getMessage()), code, mask.failure(getCause()));
        masked.setStackTrace(getStackTrace());
        return masked;
    }

    /** HTTP status of the API server; 0 when it did not answer, or was not asked. */
    public int code() {
        return code;
    }
}
