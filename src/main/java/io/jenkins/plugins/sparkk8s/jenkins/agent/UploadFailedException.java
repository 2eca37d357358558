package io.jenkins.plugins.sparkk8s.jenkins.agent;

import hudson.AbortException;

/** The request was right, but the storage or the way to it failed: a repeat may help. */
public final class UploadFailedException extends AbortException {
    private static final long serialVersionUID = 1L;

    UploadFailedException(String message) {
        super(message);
    }
}
