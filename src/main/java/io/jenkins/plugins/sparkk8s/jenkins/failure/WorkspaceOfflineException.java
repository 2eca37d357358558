package io.jenkins.plugins.sparkk8s.jenkins.failure;

import java.io.IOException;

/** The build has a workspace, but its agent is not there now; after a restart it may come back. */
public final class WorkspaceOfflineException extends IOException {
    private static final long serialVersionUID = 1L;

    public WorkspaceOfflineException(IOException cause) {
        super("The agent with the workspace is not available: " + cause.getMessage(), cause);
    }
}
