package io.jenkins.plugins.sparkk8s.jenkins.agent;

import hudson.AbortException;

/** The storage or the way to it failed, and did not refuse the request: a repeat may help. */
public final class UploadFailedException extends AbortException {
    private static final long serialVersionUID = 1L;

    UploadFailedException(String message) {
        super(message);
    }
}
