package io.jenkins.plugins.sparkk8s.staging.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.staging.Applications;
import io.jenkins.plugins.sparkk8s.staging.ArtifactUploader;
import io.jenkins.plugins.sparkk8s.staging.UploadRace;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class UploadCleaningTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.now().minus(Duration.ofDays(3)));

    @TempDir
    Path temporary;

    private final HadoopGateway hadoop = new HadoopGateway(new HadoopSettings(Map.of(), null, false));
    private final ArtifactUploader uploader = new ArtifactUploader(hadoop);
    private Path uploads;
    private Path source;

    @BeforeEach
    void makeFolders() throws IOException {
        uploads = Files.createDirectory(temporary.resolve("uploads"));
        source = Files.createDirectory(temporary.toRealPath().resolve("source"));
    }

    private Path upload(int application, String name) throws Exception {
        Path file = Files.writeString(source.resolve(name), "content of " + name);
        StagedArtifacts staged = uploader.upload(
                Applications.shared(Applications.identity(application), "file:" + uploads, file),
                StagingListener.SILENT);
        return Path.of(staged.remoteLocations().get("file:" + file).substring("file:".length()))
                .getParent();
    }

    private Path marker(int application) {
        return uploads.resolve(
                UploadNames.marker(Applications.identity(application).applicationId()));
    }

    private boolean sweep(Duration retention, ApplicationStates states) throws IOException {
        try (UploadStore store = hadoop.open("file:" + uploads)) {
            return new UploadCleaning(store, "file:" + uploads, Clock.systemUTC(), () -> {}).sweep(retention, states);
        }
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> found = Files.list(uploads)) {
            return found.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals("spark-upload-condemned"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void losesAndLeavesNothingInARaceOfBuildsCrashesAndControllers() throws Exception {
        UploadRace race = new UploadRace(hadoop, "file:" + uploads, source);

        race.run(100);

        assertThat(race.checked).hasValueGreaterThan(500);
        assertThat(race.lost).hasValue(0);
        assertThat(race.left()).isEmpty();
    }

    @Test
    void sweepsWhatAnApplicationLeftThatIsKnownToHaveEnded() throws Exception {
        Path folder = upload(1, "a.txt");
        Path running = upload(2, "b.txt");
        Files.setLastModifiedTime(marker(1), LONG_AGO);
        Files.setLastModifiedTime(marker(2), LONG_AGO);

        boolean swept = sweep(
                Duration.ZERO,
                (application, master, namespace) -> master.startsWith("k8s://")
                        && namespace.equals("default")
                        && application.equals(Applications.identity(1).applicationId()));

        assertThat(swept).isTrue();
        assertThat(folder).doesNotExist();
        assertThat(running).isDirectory();
        assertThat(entries()).hasSize(2).contains(marker(2).getFileName().toString());
    }

    @Test
    void leavesMarkerOfToday() throws Exception {
        Path folder = upload(1, "a.txt");

        sweep(Duration.ZERO, (application, master, namespace) -> true);

        assertThat(folder).isDirectory();
        assertThat(marker(1)).exists();
    }

    @Test
    void leavesUnusedFileUntilItsTimeIsOver() throws Exception {
        Path folder = upload(1, "a.txt");
        Files.delete(marker(1));

        sweep(Duration.ofHours(1), (application, master, namespace) -> true);
        assertThat(folder).isDirectory();

        Files.delete(uploads.resolve("spark-upload-condemned/last-sweep"));
        Files.setLastModifiedTime(folder, LONG_AGO);
        sweep(Duration.ofHours(1), (application, master, namespace) -> true);
        assertThat(folder).doesNotExist();
    }

    @Test
    void removesNothingWhileAMarkerCannotBeRead() throws Exception {
        Path folder = upload(1, "a.txt");
        Files.delete(marker(1));
        Files.writeString(marker(7), "spark-k8s-submit marker 2\nof a later version\n");
        Files.setLastModifiedTime(marker(7), LONG_AGO);

        sweep(Duration.ZERO, (application, master, namespace) -> true);

        assertThat(folder).isDirectory();
        assertThat(marker(7)).exists();
    }

    @Test
    void sweepsMarkerThatACrashCutOff() throws Exception {
        Files.writeString(marker(7), "spark-k8s-submit marker 1\napplication spark-");
        Files.setLastModifiedTime(marker(7), LONG_AGO);

        sweep(Duration.ZERO, (application, master, namespace) -> false);

        assertThat(marker(7)).doesNotExist();
    }

    @Test
    void sweepsOnceAnHourForAllThatUseThePath() throws Exception {
        assertThat(sweep(Duration.ZERO, (application, master, namespace) -> false))
                .isTrue();
        assertThat(sweep(Duration.ZERO, (application, master, namespace) -> false))
                .isFalse();
    }

    @Test
    void keepsWithoutLimitWhatIsNotToBeDeleted() throws Exception {
        Path file = Files.writeString(source.resolve("a.txt"), "alpha");
        uploader.upload(
                Applications.plan(
                        Applications.identity(1),
                        Map.of(
                                "spark.kubernetes.submit.deleteUploads", "false",
                                "spark.kubernetes.submit.uploadRetention", "0s"),
                        "file:" + uploads,
                        file),
                StagingListener.SILENT);
        Files.setLastModifiedTime(marker(1), LONG_AGO);

        sweep(Duration.ZERO, (application, master, namespace) -> true);

        assertThat(entries()).hasSize(2);
    }

    @Test
    void sweepsCondemnationThatACrashLeft() throws Exception {
        Path folder = upload(1, "a.txt");
        Path condemned = Files.createDirectories(uploads.resolve("spark-upload-condemned"))
                .resolve(folder.getFileName() + ".0123456789abcdef");
        Files.setLastModifiedTime(Files.createFile(condemned), LONG_AGO);

        sweep(Duration.ZERO, (application, master, namespace) -> false);

        assertThat(condemned).doesNotExist();
        assertThat(folder).isDirectory();
    }
}
