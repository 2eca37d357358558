package io.jenkins.plugins.sparkk8s.jenkins.failure;

import hudson.AbortException;

/** The cluster or its credential is not configured, or not so that it can be used; after a restart it may become so. */
public final class ClusterUnusableException extends AbortException {
    private static final long serialVersionUID = 1L;

    public ClusterUnusableException(AbortException cause) {
        super(cause.getMessage());
        initCause(cause);
    }
}
