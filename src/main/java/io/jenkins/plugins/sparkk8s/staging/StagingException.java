package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.conf.ActionableException;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;

/** Files of the application could not be uploaded; what had been uploaded is removed again. */
public final class StagingException extends ActionableException {
    private static final long serialVersionUID = 1L;

    StagingException(String message) {
        super(message);
    }

    StagingException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same failure with its secrets hidden. */
    StagingException masked(SecretMask mask) {
        StagingException masked = new StagingException(mask.mask(getMessage()), mask.failure(getCause()));
        masked.setStackTrace(getStackTrace());
        return masked;
    }
}
