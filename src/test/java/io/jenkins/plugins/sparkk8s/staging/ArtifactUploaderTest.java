package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads to a folder that is mounted here: {@code file:}, or no scheme at all. */
class ArtifactUploaderTest {
    @TempDir
    Path temporary;

    private final ArtifactUploader uploader =
            new ArtifactUploader(new HadoopGateway(new HadoopSettings(Map.of(), null, false)));
    private Path uploads;
    private Path source;

    @BeforeEach
    void makeFolders() throws IOException {
        uploads = Files.createDirectory(temporary.resolve("uploads"));
        source = Files.createDirectory(temporary.toRealPath().resolve("source"));
    }

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(source.resolve(name), content);
    }

    private List<String> names(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            return found.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:%s", "file://%s", "%s", "file:%s/", "%s/", "%s/deeper/still"})
    void uploadsToMountedFolderHoweverItIsWritten(String form) throws Exception {
        String root = form.formatted(uploads);
        StagingPlan plan = Applications.plan(root, file("a.txt", "alpha"), file("b.txt", "beta"));

        StagedArtifacts staged = uploader.upload(plan, StagingListener.SILENT);

        assertThat(names(uploads)).containsExactly("a.txt", "b.txt");
        assertThat(staged.bytes()).isEqualTo(9);
        assertThat(staged.directories()).hasSize(2).allMatch(directory -> directory.startsWith(root));
        assertThat(staged.remoteLocations()).containsKey("file:" + source + "/a.txt");
        assertThat(uploader.delete(staged)).isEmpty();
        assertThat(HdfsCluster.isEmptyDirectory(form.endsWith("still") ? uploads.resolve("deeper/still") : uploads))
                .isTrue();
    }

    @Test
    void uploadsFolderWithAllItHolds() throws Exception {
        Path folder = Files.createDirectories(source.resolve("conf/inner"));
        Files.writeString(folder.resolve("x y%.txt"), "inner");
        Files.writeString(folder.resolveSibling("top.txt"), "top");
        Files.createDirectory(folder.resolveSibling("empty"));

        StagedArtifacts staged =
                uploader.upload(Applications.plan("file:" + uploads, folder.getParent()), StagingListener.SILENT);

        Path copy =
                Path.of(staged.directories().get(0).substring("file:".length())).resolve("conf");
        assertThat(copy.resolve("inner/x y%.txt")).hasContent("inner");
        assertThat(copy.resolve("top.txt")).hasContent("top");
        assertThat(copy.resolve("empty")).isDirectory();
        assertThat(staged.bytes()).isEqualTo(8);
    }

    @Test
    void saysWhichNameTheFileSystemDoesNotTake() throws Exception {
        Path folder = Files.createDirectory(source.resolve("folder"));
        Files.writeString(folder.resolve("x:y.txt"), "colon");

        assertThatThrownBy(() -> uploader.upload(Applications.plan("file:" + uploads, folder), StagingListener.SILENT))
                .isInstanceOf(StagingException.class)
                .hasMessageEndingWith("x:y.txt is not a name that the file system accepts; rename the file.");
        assertThat(HdfsCluster.isEmptyDirectory(uploads)).isTrue();
    }

    @Test
    void refusesFolderThatLeadsBackToItself() throws Exception {
        Path folder = Files.createDirectory(source.resolve("loop"));
        Files.createSymbolicLink(folder.resolve("again"), folder);

        assertThatThrownBy(() -> uploader.upload(Applications.plan("file:" + uploads, folder), StagingListener.SILENT))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("again leads back to a folder it is in; remove it.");
        assertThat(HdfsCluster.isEmptyDirectory(uploads)).isTrue();
    }

    @Test
    void overwritesWhatAnEarlierTryLeft() throws Exception {
        Path file = file("a.txt", "a longer first try");
        uploader.upload(Applications.plan("file:" + uploads, file), StagingListener.SILENT);
        file("a.txt", "second");

        StagedArtifacts staged = uploader.upload(Applications.plan("file:" + uploads, file), StagingListener.SILENT);

        assertThat(Path.of(staged.directories().get(0).substring("file:".length()), "a.txt"))
                .hasContent("second");
    }

    @Test
    void reportsProgressUpToTheWholeFile() throws Exception {
        Path file = Files.write(source.resolve("big.bin"), new byte[300_000]);
        List<Long> sent = new ArrayList<>();
        List<String> events = new ArrayList<>();

        uploader.upload(Applications.plan("file:" + uploads, file), new StagingListener() {
            @Override
            public void started(int files, long bytes, int present) {
                events.add("%d files, %d bytes, %d present".formatted(files, bytes, present));
            }

            @Override
            public void sent(Path path, long bytes) {
                sent.add(bytes);
            }

            @Override
            public void uploaded(Path path, String target, long bytes) {
                events.add(path.getFileName() + " " + bytes);
            }
        });

        assertThat(sent).hasSizeGreaterThan(1);
        assertThat(sent.stream().mapToLong(Long::longValue).sum()).isEqualTo(300_000);
        assertThat(events).containsExactly("1 files, 300000 bytes, 0 present", "big.bin 300000");
    }

    @Test
    void removesEverythingWhenOneFileIsGone() throws Exception {
        Path second = file("b.txt", "beta");
        StagingPlan plan = Applications.plan("file:" + uploads, file("a.txt", "alpha"), second);
        Files.delete(second);

        assertThatThrownBy(() -> uploader.upload(plan, StagingListener.SILENT))
                .isInstanceOf(StagingException.class)
                .hasMessageStartingWith(second + " could not be uploaded to file:" + uploads)
                .hasMessageContaining("(spark.kubernetes.file.upload.path)")
                .hasMessageEndingWith("there is no file " + second + ".");
        assertThat(HdfsCluster.isEmptyDirectory(uploads)).isTrue();
    }

    @Test
    void removesEverythingWhenTheListenerFails() throws Exception {
        StagingPlan plan = Applications.plan("file:" + uploads, file("a.txt", "alpha"));

        assertThatThrownBy(() -> uploader.upload(plan, onProgress(() -> {
                    throw new IllegalStateException("the log is closed");
                })))
                .isInstanceOf(IllegalStateException.class);
        assertThat(HdfsCluster.isEmptyDirectory(uploads)).isTrue();
    }

    @Test
    void removesEverythingWhenInterrupted() throws Exception {
        Path big = Files.write(source.resolve("big.bin"), new byte[300_000]);
        StagingPlan plan = Applications.plan("file:" + uploads, file("a.txt", "alpha"), big);

        assertThatThrownBy(() -> uploader.upload(
                        plan, onProgress(() -> Thread.currentThread().interrupt())))
                .isInstanceOf(InterruptedException.class);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(HdfsCluster.isEmptyDirectory(uploads)).isTrue();
    }

    @Test
    void uploadsNothingForEmptyPlan() throws Exception {
        StagedArtifacts staged = uploader.upload(
                StagingPlan.of(
                        Applications.application("local:///a.jar", Map.of()),
                        Applications.IDENTITY,
                        Applications.ENVIRONMENT),
                StagingListener.SILENT);

        assertThat(staged).isEqualTo(StagedArtifacts.none());
    }

    @Test
    void deletesWhatIsAlreadyGoneWithoutComplaint() throws Exception {
        StagedArtifacts staged =
                uploader.upload(Applications.plan("file:" + uploads, file("a.txt", "alpha")), StagingListener.SILENT);

        assertThat(uploader.delete(staged)).isEmpty();
        assertThat(uploader.delete(staged)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gs://bucket/up", "oss://bucket/up"})
    void saysWhichFileSystemIsMissing(String root) throws Exception {
        Path file = file("a.txt", "alpha");
        String scheme = root.substring(0, root.indexOf(':'));

        assertThatThrownBy(() -> uploader.upload(Applications.plan(root, file), StagingListener.SILENT))
                .isInstanceOf(StagingException.class)
                .hasMessageStartingWith(file + " could not be uploaded to " + root)
                .hasMessageEndingWith(
                        "put the jar of org.apache.hadoop:hadoop-%s in the folder that the environment variable SPARK_K8S_SUBMIT_CONNECTORS names.",
                        scheme.equals("gs") ? "gcp" : "aliyun");
    }

    @Test
    void blamesNoFileForWhatConcernsAll() throws Exception {
        StagingPlan plan = Applications.plan("gs://bucket/up", file("a.txt", "alpha"), file("b.txt", "beta"));

        assertThatThrownBy(() -> uploader.upload(plan, StagingListener.SILENT))
                .isInstanceOf(StagingException.class)
                .hasMessageStartingWith("The 2 files could not be uploaded to gs://bucket/up");
    }

    @Test
    void saysWhereConnectorsOfUnknownSchemesBelong() throws Exception {
        Path file = file("a.txt", "alpha");

        assertThatThrownBy(() -> uploader.upload(Applications.plan("nosuch://x/up", file), StagingListener.SILENT))
                .isInstanceOf(StagingException.class)
                .hasMessageEndingWith(
                        "no file system for nosuch:// is on the class path; use hdfs, webhdfs, s3a, abfss or a mounted path, or put the jars of its connector in the folder that the environment variable SPARK_K8S_SUBMIT_CONNECTORS names.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hdfs://name node/up", "hdfs:///up", "hdfs://no-such-host.invalid/up"})
    void saysWhatIsWrongWithAddress(String root) throws Exception {
        Path file = file("a.txt", "alpha");

        assertThatThrownBy(() -> uploader.upload(Applications.plan(root, file), StagingListener.SILENT))
                .isInstanceOf(StagingException.class)
                .hasMessageStartingWith(file + " could not be uploaded to " + root)
                .message()
                .doesNotContain("Exception", "java.")
                .hasLineCount(1);
    }

    static StagingListener onProgress(Runnable action) {
        return new StagingListener() {
            @Override
            public void sent(Path path, long bytes) {
                action.run();
            }

            @Override
            public void uploaded(Path path, String target, long bytes) {
                assertThat(bytes).isPositive();
            }
        };
    }
}
