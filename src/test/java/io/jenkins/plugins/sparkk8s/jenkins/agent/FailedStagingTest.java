package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Staging that fails or is interrupted leaves nothing, and shows whether the user can correct it. */
class FailedStagingTest extends WorkspaceCase {
    @Test
    void failedUploadLeavesNothing() throws Exception {
        workspace.file("a.txt", "a");
        Files.writeString(
                workspace.uploads().resolve(DIRECTORY + "2"), "a file where the folder of the second should be");
        workspace.file("b.txt", "b");

        AbortException refusal =
                Workspace.refusal(() -> workspace.stage(request().files("files", "*.txt")));

        assertThat(refusal)
                .hasMessageContaining("b.txt could not be uploaded to ")
                .isInstanceOfSatisfying(UploadFailedException.class, upload -> {
                    assertThat(upload.isRefusal()).isTrue();
                    assertThat(upload.left()).isEmpty();
                });
        assertThat(workspace.uploaded()).containsExactly(DIRECTORY + "2");
    }

    @Test
    void unreachableStorageIsNoUserError() throws Exception {
        workspace.file("a.txt", "a");
        String path = "hdfs://localhost:%d/up".formatted(freePort());

        AbortException failure = Workspace.refusal(
                () -> workspace.stage(Requests.ofImage().uploadTo(path).files("files", "a.txt")));

        assertThat(failure)
                .hasMessageContaining("no server answers at " + path)
                .isInstanceOfSatisfying(UploadFailedException.class, upload -> {
                    assertThat(upload.isRefusal()).isFalse();
                    assertThat(upload.left()).isEmpty();
                });
    }

    @Test
    void unknownFileSystemIsAUserError() throws Exception {
        workspace.file("a.txt", "a");

        AbortException refusal = Workspace.refusal(() ->
                workspace.stage(Requests.ofImage().uploadTo("s4://bucket/up").files("files", "a.txt")));

        assertThat(refusal)
                .isInstanceOfSatisfying(
                        UploadFailedException.class,
                        upload -> assertThat(upload.isRefusal()).isTrue())
                .hasMessageContaining("no file system for s4:// is on the class path");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void interruptionLeavesNothing(int line) throws Exception {
        workspace.file("src/a.py", "1");
        workspace.file("b.txt", "b");
        workspace.file("c.txt", "c");
        AtomicInteger lines = new AtomicInteger();
        TaskListener interrupting = () -> {
            if (lines.incrementAndGet() == line) {
                Thread.currentThread().interrupt();
            }
            return new PrintStream(OutputStream.nullOutputStream());
        };

        assertThatThrownBy(() -> WorkspaceSubmission.stage(
                        request()
                                .files("pyFiles", "src")
                                .files("files", "*.txt")
                                .build(),
                        workspace.path(),
                        interrupting))
                .isInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isFalse();
        // Files are sent at the same time: another may have arrived before it took effect.
        assertThat(lines).hasValueGreaterThanOrEqualTo(line);
        assertThat(workspace.nothingUploaded()).isTrue();
        assertThat(home.resolve("ws@tmp")).isEmptyDirectory();
    }

    @Test
    void interruptionWhileListingFilesIsNoUserError() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> workspace.stage(request().files("files", "*.txt")))
                .isInstanceOf(InterruptedException.class);
    }
}
