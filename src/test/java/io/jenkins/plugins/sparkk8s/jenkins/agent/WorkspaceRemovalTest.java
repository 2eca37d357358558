package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was uploaded from a workspace is removed, and nothing else. */
class WorkspaceRemovalTest extends WorkspaceCase {
    @Test
    void removingWhatWasNeverMadeIsNoError() throws Exception {
        workspace.file("a.txt", "a");
        Requests request = request().files("files", "a.txt");

        assertThat(WorkspaceSubmission.delete(
                        workspace.check(request).uploadDirectories(),
                        request.defaults(),
                        request.uploads(),
                        workspace.path(),
                        Requests.UNKNOWN))
                .isEmpty();
    }

    @Test
    void removesWhatItStaged() throws Exception {
        workspace.file("a.txt", "a");
        PreparedSubmission prepared = workspace.stage(request().files("files", "a.txt"));

        assertThat(WorkspaceSubmission.delete(
                        prepared.uploadDirectories(),
                        request().defaults(),
                        request().uploads(),
                        workspace.path(),
                        Requests.UNKNOWN))
                .isEmpty();

        assertThat(workspace.nothingUploaded()).isTrue();
    }

    @Test
    void removesTheJarOfAnEarlierBuildWhenItIsOldAndUnused() throws Exception {
        workspace.file("a.txt", "a");
        Requests request = request().files("files", "a.txt").cluster("spark.kubernetes.submit.uploads", "content");
        PreparedSubmission earlier = workspace.stage(request);
        assertThat(WorkspaceSubmission.delete(earlier.uploadDirectories(), request.build(), workspace.path()))
                .isEmpty();
        Path jar = sharedFolders().get(0);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Files.delete(workspace.uploads().resolve("spark-upload-condemned/last-sweep"));
        workspace.file("a.txt", "b");

        PreparedSubmission later = workspace.stage(request);
        assertThat(sharedFolders()).hasSize(2);
        assertThat(WorkspaceSubmission.delete(later.uploadDirectories(), request.build(), workspace.path()))
                .isEmpty();

        assertThat(sharedFolders()).hasSize(1).doesNotContain(jar);
    }

    /** As of a command that was killed, on another machine. */
    @Test
    void removesOldMarkersOfApplicationsThatTheControllerKnowsToHaveEnded() throws Exception {
        workspace.file("a.txt", "a");
        Requests request = request()
                .files("files", "a.txt")
                .cluster("spark.kubernetes.submit.uploads", "content")
                .cluster("spark.kubernetes.submit.uploadRetention", "0s");
        List<Path> markers = new ArrayList<>();
        for (String digit : List.of("1", "2")) {
            Requests killed = request.identity(Requests.identity(digit.repeat(32)));
            markers.add(
                    Path.of(workspace.stage(killed).uploadDirectories().get(0).replaceFirst("^file:", "")));
        }
        for (Path marker : markers) {
            Files.setLastModifiedTime(marker, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        }
        PreparedSubmission own = workspace.stage(request);
        List<String> asked = new ArrayList<>();

        assertThat(WorkspaceSubmission.delete(
                        own.uploadDirectories(),
                        request.defaults(),
                        request.uploads(),
                        workspace.path(),
                        (application, master, namespace) -> {
                            asked.add(application + " " + master + " " + namespace);
                            return application.contains("1111");
                        }))
                .isEmpty();

        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "spark-%s k8s://https://127.0.0.1:6443 reports".formatted("1".repeat(32)),
                        "spark-%s k8s://https://127.0.0.1:6443 reports".formatted("2".repeat(32)));
        assertThat(markers.get(0)).doesNotExist();
        assertThat(markers.get(1)).exists();
        assertThat(sharedFolders()).as("the other application uses it").hasSize(1);
    }

    private List<Path> sharedFolders() throws IOException {
        try (Stream<Path> found = Files.list(workspace.uploads())) {
            return found.filter(path -> path.getFileName().toString().matches("spark-upload-[0-9a-f]{64}-[0-9]+"))
                    .toList();
        }
    }

    @Test
    void removesWithWhatTheStepSaysOfItsFileSystem() throws Exception {
        workspace.file("a.txt", "a");
        Requests request = request().files("files", "a.txt").secret("spark.hadoop.fs.s3a.secret.key", "swordfish");
        PreparedSubmission prepared = workspace.stage(request);

        assertThat(WorkspaceSubmission.delete(prepared.uploadDirectories(), request.build(), workspace.path()))
                .isEmpty();

        assertThat(workspace.nothingUploaded()).isTrue();
    }

    @Test
    void removesNothingElse() throws Exception {
        Path other = Files.createDirectory(home.resolve("other"));

        WorkspaceSubmission.delete(
                List.of("file:" + other, "file:" + workspace.uploads(), other + "/spark-upload-x-1"),
                request().defaults(),
                request().uploads(),
                workspace.path(),
                Requests.UNKNOWN);

        assertThat(other).exists();
        assertThat(workspace.uploads()).exists();
    }
}
