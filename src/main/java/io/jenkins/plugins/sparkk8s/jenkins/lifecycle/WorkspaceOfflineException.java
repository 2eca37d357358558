package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import java.io.IOException;

/** The build has a workspace, but its agent is not there now; after a restart it may come back. */
final class WorkspaceOfflineException extends IOException {
    private static final long serialVersionUID = 1L;

    WorkspaceOfflineException(IOException cause) {
        super("The agent with the workspace is not available: " + cause.getMessage(), cause);
    }
}
