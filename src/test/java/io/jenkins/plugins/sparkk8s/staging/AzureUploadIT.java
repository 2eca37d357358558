package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageAccess;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.AccountKey;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageLogin;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads by the client of Azure to a server that knows its protocol. */
@Timeout(180)
class AzureUploadIT {
    private static final String ROOT = "abfs://uploads@%s/up".formatted(AzureServer.ACCOUNT);

    @TempDir
    Path temporary;

    private AzureServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = new AzureServer();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private static ArtifactUploader uploader(Map<String, String> properties) {
        return new ArtifactUploader(new HadoopGateway(new HadoopSettings(properties, null, false)));
    }

    private ArtifactUploader uploader() {
        return uploader(AzureServer.properties(server.port()));
    }

    private Path randomFile(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(temporary.toRealPath().resolve(name), content);
    }

    private static StagingPlan plan(int application, Path... files) {
        return Applications.shared(Applications.identity(application), ROOT, files);
    }

    private static String path(StagedArtifacts staged, Path file) {
        return staged.remoteLocations()
                .get("file:" + file.toUri().getRawPath())
                .replaceFirst("^abfs://[^/]*", "")
                .replace("%20", " ")
                .replace("%25", "%");
    }

    @Test
    void arrivesIntactOnceAndIsRemovedAtTheEnd() throws Exception {
        Path big = randomFile("big.bin", 20 * 1024 * 1024);
        Path odd = randomFile("my 100% file.txt", 10);
        Path empty = randomFile("empty", 0);

        StagedArtifacts first = uploader().upload(plan(1, big, odd, empty), StagingListener.SILENT);
        StagedArtifacts second = uploader().upload(plan(2, big, odd, empty), StagingListener.SILENT);

        assertThat(first.bytes()).isEqualTo(20 * 1024 * 1024 + 10);
        assertThat(second.bytes()).isZero();
        for (Path file : List.of(big, odd, empty)) {
            assertThat(server.files().get(path(second, file))).isEqualTo(Files.readAllBytes(file));
        }
        assertThat(uploader().delete(first)).isEmpty();
        assertThat(server.files()).containsKey(path(second, big));
        assertThat(uploader().delete(second)).isEmpty();
        assertThat(server.files()).isEmpty();
    }

    @Test
    void losesAndLeavesNothingInARaceOfBuildsCrashesAndControllers() throws Exception {
        HadoopGateway gateway =
                new HadoopGateway(new HadoopSettings(AzureServer.properties(server.port()), null, false));
        UploadRace race = new UploadRace(gateway, ROOT, temporary.toRealPath());

        race.run(12);

        assertThat(race.checked).hasValueGreaterThan(50);
        assertThat(race.lost).hasValue(0);
        assertThat(race.left()).isEmpty();
    }

    @Test
    void uploadsWithTheAccountKeyOfACredential() throws Exception {
        Path file = randomFile("a.bin", 10);
        Map<String, String> settings = new HashMap<>(AzureServer.properties(server.port()));
        settings.remove("fs.azure.account.key." + AzureServer.ACCOUNT);
        HadoopSettings withoutKey = new HadoopSettings(settings, null, false);
        HadoopGateway gateway = new HadoopGateway(
                withoutKey, new StorageAccess(new StorageLogin(ROOT, new AccountKey(AzureServer.KEY)), withoutKey));

        StagedArtifacts staged = new ArtifactUploader(gateway).upload(plan(1, file), StagingListener.SILENT);

        assertThat(server.files().get(path(staged, file))).hasSize(10);
    }

    @Test
    void reportsAWrongKeyWithoutShowingIt() throws Exception {
        Path file = randomFile("a.bin", 10);
        Map<String, String> settings = new HashMap<>(AzureServer.properties(server.port()));
        for (String key : List.of(Base64.getEncoder().encodeToString("another".getBytes()), "not-base64!")) {
            settings.put("fs.azure.account.key." + AzureServer.ACCOUNT, key);

            assertThatThrownBy(() -> uploader(settings).upload(plan(1, file), StagingListener.SILENT))
                    .isInstanceOf(StagingException.class)
                    .hasMessageContaining(ROOT)
                    .matches(failure -> ((StagingException) failure).isRefusal(), "is a refusal")
                    .message()
                    .hasLineCount(1)
                    .doesNotContain(key);
        }
        assertThat(server.files()).isEmpty();
    }

    @Test
    void reportsAMissingContainer() throws Exception {
        Path file = randomFile("a.bin", 10);
        String root = ROOT.replace("uploads", "nowhere");

        assertThatThrownBy(() -> uploader()
                        .upload(Applications.shared(Applications.IDENTITY, root, file), StagingListener.SILENT))
                .isInstanceOf(StagingException.class)
                .hasMessageContaining(root)
                .matches(failure -> ((StagingException) failure).isRefusal(), "is a refusal");
    }

    @Test
    void givesUpASilentServerWithinAMinute() throws Exception {
        Path file = randomFile("a.bin", 10);
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.silent();
            long before = System.nanoTime();

            assertThatThrownBy(() -> uploader(AzureServer.properties(connection.port()))
                            .upload(plan(1, file), StagingListener.SILENT))
                    .isInstanceOf(StagingException.class)
                    .hasMessageContaining("does not answer in time")
                    .matches(failure -> !((StagingException) failure).isRefusal(), "may be over soon");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void repeatsWhatAConnectionLost() throws Exception {
        Path file = randomFile("a.bin", 3 * 1024 * 1024);
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.cut(1, 1024 * 1024);

            StagedArtifacts staged =
                    uploader(AzureServer.properties(connection.port())).upload(plan(1, file), StagingListener.SILENT);

            assertThat(server.files().get(path(staged, file))).isEqualTo(Files.readAllBytes(file));
        }
    }
}
