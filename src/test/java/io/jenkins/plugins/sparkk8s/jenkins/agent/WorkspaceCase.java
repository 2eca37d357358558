package io.jenkins.plugins.sparkk8s.jenkins.agent;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a workspace, and an upload path beside it. */
abstract class WorkspaceCase {
    static final String DIRECTORY = "spark-upload-00112233445566778899aabbccddeeff-";

    @TempDir
    Path home;

    Workspace workspace;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = new Workspace(home);
    }

    Requests request() {
        return Requests.ofImage().uploadTo(workspace.uploadPath());
    }
}
