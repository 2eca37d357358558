package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.conf.ActionableException;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;

/** Files of the application could not be uploaded; what had been uploaded is removed again. */
public final class StagingException extends ActionableException {
    private static final long serialVersionUID = 1L;

    private final boolean refusal;

    StagingException(String message, Throwable cause) {
        this(message, cause, StorageRefusals.isRefusal(cause));
    }

    private StagingException(String message, Throwable cause, boolean refusal) {
        super(message, cause);
        this.refusal = refusal;
    }

    /** Whether the file system will not do it, however often it is asked; else it, or the way to it, failed. */
    public boolean isRefusal() {
        return refusal;
    }

    /** The same failure with its secrets hidden. */
    StagingException masked(SecretMask mask) {
        StagingException masked = new StagingException(mask.mask(getMessage()), mask.failure(getCause()), refusal);
        masked.setStackTrace(getStackTrace());
        return masked;
    }
}
