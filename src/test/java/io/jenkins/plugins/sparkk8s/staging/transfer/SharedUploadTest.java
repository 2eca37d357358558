package io.jenkins.plugins.sparkk8s.staging.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.staging.Applications;
import io.jenkins.plugins.sparkk8s.staging.files.ExpectedDigest;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders named after their content: what is sent, shared, kept and refused. */
class SharedUploadTest extends SharedUploadCase {
    @Test
    void namesFolderAfterContentAndName() throws Exception {
        Path file = file("a.txt", "alpha");

        StagedArtifacts staged = upload(1, file);

        String folder = "spark-upload-" + sha256(ExpectedDigest.of("alpha") + "  a.txt\n") + "-5";
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

    /** Such as by a script that removes old files and leaves the folders. */
    @ParameterizedTest
    @ValueSource(ints = {1, 150})
    void sendsAgainWhatWasRemovedFromItsFolder(int number) throws Exception {
        Path[] files = new Path[number];
        for (int i = 0; i < files.length; i++) {
            files[i] = file("f" + i, "content " + i);
        }
        Files.delete(remote(upload(1, files), files[0]));

        StagedArtifacts second = upload(2, files);

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
        Path wreck = Files.createDirectory(
                uploads.resolve("spark-upload-" + sha256(ExpectedDigest.of("alpha") + "  a.txt\n") + "-5"));
        Files.writeString(wreck.resolve("a.txt"), "alp");

        StagedArtifacts staged = upload(1, file);

        assertThat(remote(staged, file)).hasContent("alpha");
        assertThat(wreck.resolve("a.txt")).hasContent("alp");
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
