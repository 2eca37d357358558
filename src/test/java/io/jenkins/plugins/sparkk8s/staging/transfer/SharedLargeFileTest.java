package io.jenkins.plugins.sparkk8s.staging.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.staging.Applications;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files that are read while they are sent, so that their content is known only afterwards. */
class SharedLargeFileTest extends SharedUploadCase {
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
}
