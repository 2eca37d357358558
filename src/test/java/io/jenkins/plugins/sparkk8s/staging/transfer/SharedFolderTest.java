package io.jenkins.plugins.sparkk8s.staging.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.staging.Applications;
import io.jenkins.plugins.sparkk8s.staging.ArtifactUploader;
import io.jenkins.plugins.sparkk8s.staging.files.ExpectedDigest;
import io.jenkins.plugins.sparkk8s.staging.files.PackedFolder;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Folders and archives of folders. */
class SharedFolderTest extends SharedUploadCase {
    @Test
    void sendsFolderOnceToo() throws Exception {
        Path folder = folder("inner");
        StagedArtifacts first = upload(1, folder);

        StagedArtifacts second = upload(2, folder);

        String lines = ExpectedDigest.of("alpha") + "  conf/a.txt\n-  conf/empty/\n" + ExpectedDigest.of("inner")
                + "  conf/inner/xy %.txt\n";
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
}
