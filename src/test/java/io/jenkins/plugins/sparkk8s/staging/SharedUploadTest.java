package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders named after their content, on a mounted folder. */
class SharedUploadTest {
    @TempDir
    Path temporary;

    private final ArtifactUploader uploader =
            new ArtifactUploader(new HadoopGateway(new HadoopSettings(Map.of(), null, false)));
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final StagingListener listener = new StagingListener() {
        @Override
        public void uploaded(Path file, String target, long bytes) {
            events.add("sent " + file.getFileName());
        }

        @Override
        public void present(Path file, String target, long bytes) {
            events.add("present " + file.getFileName());
        }
    };
    private Path uploads;
    private Path source;

    @BeforeEach
    void makeFolders() throws IOException {
        uploads = Files.createDirectory(temporary.resolve("uploads"));
        source = Files.createDirectory(temporary.toRealPath().resolve("source"));
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(source.resolve(name), content);
    }

    private StagedArtifacts upload(int application, Path... files) throws InterruptedException {
        return uploader.upload(
                Applications.shared(Applications.identity(application), "file:" + uploads, files), listener);
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> found = Files.list(uploads)) {
            return found.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> sharedFolders() throws IOException {
        return entries().stream().filter(UploadNames::isShared).toList();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Path remote(StagedArtifacts staged, Path file) {
        return Path.of(staged.remoteLocations().get("file:" + file).substring("file:".length()));
    }

    @Test
    void namesFolderAfterContentAndName() throws Exception {
        Path file = file("a.txt", "alpha");

        StagedArtifacts staged = upload(1, file);

        String folder = "spark-upload-" + sha256(sha256("alpha") + "  a.txt\n") + "-5";
        assertThat(remote(staged, file))
                .isEqualTo(uploads.resolve(folder).resolve("a.txt"))
                .hasContent("alpha");
        assertThat(staged.bytes()).isEqualTo(5);
        assertThat(staged.directories()).containsExactly("file:%s/spark-upload-%032x-0".formatted(uploads, 1));
        assertThat(entries()).containsExactly("spark-upload-%032x-0".formatted(1), folder);
    }

    @Test
    void sendsFileOfAnotherApplicationNotAgain() throws Exception {
        Path file = file("a.txt", "alpha");
        StagedArtifacts first = upload(1, file);

        StagedArtifacts second = upload(2, file);

        assertThat(events).containsExactly("sent a.txt", "present a.txt");
        assertThat(second.bytes()).isZero();
        assertThat(second.remoteLocations()).isEqualTo(first.remoteLocations());
    }

    @Test
    void sendsManyFilesOnceToo() throws Exception {
        Path[] files = new Path[150];
        for (int i = 0; i < files.length; i++) {
            files[i] = file("f" + i, "content " + i);
        }
        upload(1, files);
        events.clear();
        files[7] = file("f7", "changed");

        StagedArtifacts second = upload(2, files);

        assertThat(events).hasSize(150).containsOnlyOnce("sent f7");
        assertThat(second.bytes()).isEqualTo("changed".length());
        for (Path file : files) {
            assertThat(remote(second, file)).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void keepsWhatAnotherApplicationUses() throws Exception {
        Path file = file("a.txt", "alpha");
        StagedArtifacts first = upload(1, file);
        StagedArtifacts second = upload(2, file);

        assertThat(uploader.delete(first)).isEmpty();
        assertThat(remote(second, file)).hasContent("alpha");

        assertThat(uploader.delete(second)).isEmpty();
        assertThat(entries()).containsExactly("spark-upload-condemned");
        assertThat(uploads.resolve("spark-upload-condemned")).isEmptyDirectory();
    }

    @Test
    void keepsForTheNextBuildWhatIsYoung() throws Exception {
        Path file = file("a.txt", "alpha");
        StagedArtifacts staged = uploader.upload(
                Applications.plan(
                        Applications.IDENTITY,
                        Map.of("spark.kubernetes.submit.uploadRetention", "1h"),
                        "file:" + uploads,
                        file),
                listener);

        assertThat(uploader.delete(staged)).isEmpty();

        assertThat(entries()).isEqualTo(sharedFolders()).hasSize(1);
        upload(2, file);
        assertThat(events).containsExactly("sent a.txt", "present a.txt");
    }

    @Test
    void sendsToFolderOfItsOwnWhatIsAboutToBeRemoved() throws Exception {
        Path file = file("a.txt", "alpha");
        StagedArtifacts first = upload(1, file);
        String folder = remote(first, file).getParent().getFileName().toString();
        Path condemned = Files.createDirectory(uploads.resolve("spark-upload-condemned"));
        Files.createFile(condemned.resolve(folder + ".0123456789abcdef"));

        StagedArtifacts second = upload(2, file);

        assertThat(remote(second, file).getParent()).isEqualTo(uploads.resolve("spark-upload-%032x-1".formatted(2)));
        assertThat(remote(second, file)).hasContent("alpha");
        assertThat(uploader.delete(second)).isEmpty();
        assertThat(remote(second, file)).doesNotExist();
        assertThat(remote(first, file)).hasContent("alpha");
    }

    @Test
    void replacesNothingAndUsesItsOwnWhenAFolderDoesNotHoldWhatItShould() throws Exception {
        Path file = file("a.txt", "alpha");
        Path wreck =
                Files.createDirectory(uploads.resolve("spark-upload-" + sha256(sha256("alpha") + "  a.txt\n") + "-5"));
        Files.writeString(wreck.resolve("a.txt"), "alp");

        StagedArtifacts staged = upload(1, file);

        assertThat(remote(staged, file)).hasContent("alpha");
        assertThat(wreck.resolve("a.txt")).hasContent("alp");
    }

    private Path folder(String content) throws IOException {
        Path folder = Files.createDirectories(source.resolve("conf/inner"));
        Files.createDirectories(source.resolve("conf/empty"));
        Files.writeString(folder.resolve("xy %.txt"), content);
        Files.writeString(folder.resolveSibling("a.txt"), "alpha");
        return folder.getParent();
    }

    @Test
    void sendsFolderOnceToo() throws Exception {
        Path folder = folder("inner");
        StagedArtifacts first = upload(1, folder);

        StagedArtifacts second = upload(2, folder);

        String lines = sha256("alpha") + "  conf/a.txt\n-  conf/empty/\n" + sha256("inner") + "  conf/inner/xy %.txt\n";
        String name = "spark-upload-" + sha256(lines) + "-10";
        assertThat(sharedFolders()).containsExactly(name);
        assertThat(events).containsExactly("sent conf", "present conf");
        assertThat(second.remoteLocations()).isEqualTo(first.remoteLocations());
        assertThat(remote(second, folder).resolve("inner/xy %.txt")).hasContent("inner");
        assertThat(remote(second, folder).resolve("empty")).isEmptyDirectory();
        assertThat(uploader.delete(first)).isEmpty();
        assertThat(remote(second, folder).resolve("a.txt")).hasContent("alpha");
        assertThat(uploader.delete(second)).isEmpty();
        assertThat(sharedFolders()).isEmpty();
    }

    @Test
    void sendsFolderAgainOfWhichACleanUpThatCrashedLeftAPart() throws Exception {
        Path folder = folder("inner");
        StagedArtifacts first = upload(1, folder);
        Path shared = remote(first, folder);
        Files.delete(shared.resolveSibling("conf.complete"));
        Files.delete(shared.resolve("a.txt"));

        StagedArtifacts second = upload(2, folder);

        assertThat(remote(second, folder)).isNotEqualTo(shared);
        assertThat(remote(second, folder).resolve("a.txt")).hasContent("alpha");
        assertThat(remote(second, folder).resolve("inner/xy %.txt")).hasContent("inner");
    }

    @Test
    void sendsFolderAgainInWhichAFileChanged() throws Exception {
        upload(1, folder("inner"));

        StagedArtifacts second = upload(2, folder("other"));

        assertThat(remote(second, source.resolve("conf")).resolve("inner/xy %.txt"))
                .hasContent("other");
        assertThat(sharedFolders()).hasSize(2);
    }

    private Path largeFile(String folder, int seed) throws IOException {
        byte[] content = new byte[5 * 1024 * 1024 + 7];
        new java.util.Random(seed).nextBytes(content);
        return Files.write(Files.createDirectories(source.resolve(folder)).resolve("big.jar"), content);
    }

    @Test
    void sharesALargeFileThatWasReadWhileItWasSent() throws Exception {
        Path file = largeFile("x", 1);

        StagedArtifacts first = upload(1, file);
        StagedArtifacts second = upload(2, file);

        assertThat(first.bytes()).isEqualTo(Files.size(file));
        assertThat(second.bytes()).isZero();
        assertThat(second.remoteLocations()).isEqualTo(first.remoteLocations());
        assertThat(remote(second, file)).hasSameBinaryContentAs(file);
        assertThat(entries()).hasSize(3).containsAll(sharedFolders());
        assertThat(uploader.delete(first)).isEmpty();
        assertThat(uploader.delete(second)).isEmpty();
        assertThat(entries()).containsExactly("spark-upload-condemned");
    }

    @Test
    void twoLargeFilesOfOneSizeAreTwo() throws Exception {
        Path one = largeFile("x", 1);
        upload(1, one);
        Path other = largeFile("y", 2);

        StagedArtifacts second = upload(2, other);

        assertThat(remote(second, other)).hasSameBinaryContentAs(other);
        assertThat(sharedFolders()).hasSize(2);
    }

    @Test
    void largeFileOfOneNameAndContentInTwoListsIsOne() throws Exception {
        Path one = largeFile("x", 1);
        Path other = largeFile("y", 1);
        StagingPlan plan = Applications.plan(
                Applications.IDENTITY,
                Map.of("spark.kubernetes.submit.uploadRetention", "0s", "spark.jars", other.toString()),
                "file:" + uploads,
                one);

        StagedArtifacts staged = uploader.upload(plan, listener);

        assertThat(remote(staged, one)).isEqualTo(remote(staged, other)).hasSameBinaryContentAs(one);
        assertThat(uploader.delete(staged)).isEmpty();
        assertThat(entries()).containsExactly("spark-upload-condemned");
    }

    @Test
    void sendsALargeFileThatIsAboutToBeRemovedToAFolderOfItsOwn() throws Exception {
        Path file = largeFile("x", 1);
        StagedArtifacts first = upload(1, file);
        Path shared = remote(first, file).getParent();
        assertThat(uploader.delete(first)).isEmpty();
        Files.createFile(uploads.resolve("spark-upload-condemned").resolve(shared.getFileName() + ".0123456789abcdef"));

        StagedArtifacts second = upload(2, file);

        assertThat(remote(second, file).getParent()).isEqualTo(uploads.resolve("spark-upload-%032x-1".formatted(2)));
        assertThat(shared).doesNotExist();
    }

    @Test
    void twoFilesOfOneNameAreAnErrorBeforeAnythingIsSent() throws Exception {
        Path one = Files.writeString(Files.createDirectory(source.resolve("x")).resolve("same.txt"), "one");
        Path other =
                Files.writeString(Files.createDirectory(source.resolve("y")).resolve("same.txt"), "other");

        assertThatThrownBy(() -> upload(1, one, other))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "file:%s and file:%s are different files that would both be same.txt for the application (spark.files). Rename one of them.",
                        one, other);
        assertThat(entries()).isEmpty();
    }

    @Test
    void filesOfOneNameInTwoListsAreAnErrorToo() throws Exception {
        Path one = Files.writeString(Files.createDirectory(source.resolve("x")).resolve("same.jar"), "one");
        Path other =
                Files.writeString(Files.createDirectory(source.resolve("y")).resolve("same.jar"), "other");

        assertThatThrownBy(() -> uploader.upload(
                        Applications.plan(
                                Applications.IDENTITY, Map.of("spark.jars", other.toString()), "file:" + uploads, one),
                        listener))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith(
                        "would both be same.jar for the application (spark.jars, spark.files). Rename one of them.");
        assertThat(entries()).isEmpty();
    }

    /** An archive that is its files, one after the other. */
    private static final class Joined implements PackedFolder.Archive {
        private final java.io.OutputStream out;

        Joined(java.io.OutputStream out) {
            this.out = out;
        }

        @Override
        public java.io.OutputStream next(PackedFolder.Entry entry, long size) {
            return out;
        }

        @Override
        public void end() throws IOException {
            out.write('.');
        }
    }

    @Test
    void archiveIsMadeWhileItIsSentAndNotMadeWhenItIsThere() throws Exception {
        Path a = file("a.txt", "alpha");
        Path placeholder = file("env.zip", "");
        List<String> made = new ArrayList<>();
        PackedFolder folder = new PackedFolder(
                List.of(
                        new PackedFolder.Entry("a.txt", a, false, null),
                        new PackedFolder.Entry("b", source.resolve("b"), false, "a.txt")),
                out -> {
                    made.add("made");
                    return new Joined(out);
                });
        ArtifactUploader packing = new ArtifactUploader(
                new HadoopGateway(new HadoopSettings(Map.of(), null, false)), null, Map.of(placeholder, folder));

        StagedArtifacts first =
                packing.upload(Applications.shared(Applications.identity(1), "file:" + uploads, placeholder), listener);
        StagedArtifacts second =
                packing.upload(Applications.shared(Applications.identity(2), "file:" + uploads, placeholder), listener);

        assertThat(remote(second, placeholder)).hasContent("alpha.").hasFileName("env.zip");
        assertThat(second.remoteLocations()).isEqualTo(first.remoteLocations());
        assertThat(made).hasSize(1);
        assertThat(events).containsExactly("sent env.zip", "present env.zip");
        Files.writeString(a, "beta");
        assertThat(packing.upload(
                                Applications.shared(Applications.identity(3), "file:" + uploads, placeholder), listener)
                        .remoteLocations())
                .isNotEqualTo(first.remoteLocations());
    }

    @Test
    void twoFilesOfOneNameAndContentAreOne() throws Exception {
        Path one = Files.writeString(Files.createDirectory(source.resolve("x")).resolve("same.txt"), "one");
        Path other =
                Files.writeString(Files.createDirectory(source.resolve("y")).resolve("same.txt"), "one");

        StagedArtifacts staged = upload(1, one, other);

        assertThat(remote(staged, one)).isEqualTo(remote(staged, other)).hasContent("one");
        assertThat(sharedFolders()).hasSize(1);
    }

    @Test
    void leavesWholeFilesAndNothingElseWhenOneFails() throws Exception {
        Path good = file("a.txt", "alpha");
        Path changing = Files.write(source.resolve("big.bin"), new byte[400_000]);
        StagingListener changer = new StagingListener() {
            @Override
            public void sent(Path file, long bytes) {
                if (file.equals(changing)) {
                    append(changing);
                }
            }
        };

        assertThatThrownBy(() -> uploader.upload(
                        Applications.plan(
                                Applications.IDENTITY,
                                Map.of("spark.kubernetes.submit.uploadRetention", "1h"),
                                "file:" + uploads,
                                good,
                                changing),
                        changer))
                .isInstanceOf(StagingException.class)
                .hasMessageEndingWith(
                        "the file %s changed while it was uploaded; have it written before the submission begins.",
                        changing);
        assertThat(entries()).isEqualTo(sharedFolders()).hasSizeLessThanOrEqualTo(1);
    }

    private static void append(Path file) {
        try {
            Files.write(file, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void touchesNothingOfOthers() throws Exception {
        Path theirs = Files.createDirectories(uploads.resolve("spark-upload-0a1b2c3d-0000-4000-8000-000000000000"));
        Files.writeString(theirs.resolve("app.jar"), "theirs");
        Files.writeString(uploads.resolve("readme.txt"), "theirs");
        StagedArtifacts staged = upload(1, file("a.txt", "alpha"));

        assertThat(uploader.delete(staged)).isEmpty();

        assertThat(theirs.resolve("app.jar")).hasContent("theirs");
        assertThat(uploads.resolve("readme.txt")).hasContent("theirs");
    }
}
