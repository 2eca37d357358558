package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.localcluster.S3Server;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.store.StoredFile;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A test with a real S3 server in a process of its own, which uploads to a folder of the test's name. */
@Timeout(180)
abstract class S3Case {
    static final int MIB = 1024 * 1024;

    @TempDir
    static Path serverDirectory;

    static S3Server server;

    @TempDir
    Path temporary;

    String root;

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Server.start(serverDirectory);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void chooseFolder(TestInfo test) {
        root = "s3a://uploads/" + test.getTestMethod().orElseThrow().getName();
    }

    static HadoopGateway gateway() {
        return new HadoopGateway(new HadoopSettings(server.properties(), null, false));
    }

    Path randomFile(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(temporary.toRealPath().resolve(name), content);
    }

    static ArtifactUploader uploader(Map<String, String> properties) {
        return new ArtifactUploader(new HadoopGateway(new HadoopSettings(properties, null, false)));
    }

    StagedArtifacts upload(ArtifactUploader uploader, int application, Path... files) throws InterruptedException {
        return uploader.upload(
                Applications.shared(Applications.identity(application), root, files), StagingListener.SILENT);
    }

    List<String> names(String folder) throws IOException {
        try (UploadStore store = gateway().open(root)) {
            return store.list(folder).stream().map(StoredFile::name).sorted().toList();
        }
    }

    void assertHolds(StagedArtifacts staged, Path file) throws IOException {
        String remote = staged.remoteLocations().get("file:" + file.toUri().getRawPath());
        try (UploadStore store = gateway().open(root)) {
            String path = remote.replace("%20", " ").replace("%25", "%");
            assertThat(store.read(path, 100 * MIB)).isEqualTo(Files.readAllBytes(file));
        }
    }
}
