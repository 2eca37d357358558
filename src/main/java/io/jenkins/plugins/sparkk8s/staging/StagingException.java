package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.conf.ActionableException;

/** Files of the application could not be uploaded; what had been uploaded is removed again. */
public final class StagingException extends ActionableException {
    private static final long serialVersionUID = 1L;

    StagingException(String message) {
        super(message);
    }

    StagingException(String message, Throwable cause) {
        super(message, cause);
    }
}
