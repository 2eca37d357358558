package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.sparkk8s.localcluster.S3Server;
import io.jenkins.plugins.sparkk8s.staging.cleaning.ApplicationStates;
import io.jenkins.plugins.sparkk8s.staging.cleaning.UploadCleaning;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageAccess;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.AccessKey;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageLogin;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import io.jenkins.plugins.sparkk8s.staging.store.StoredFile;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.MultipartUploader;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Uploads to a real S3 server, over connections that fail. */
@Timeout(180)
class S3UploadIT {
    private static final int MIB = 1024 * 1024;

    @TempDir
    static Path serverDirectory;

    private static S3Server server;

    @TempDir
    Path temporary;

    private String root;

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

    private static HadoopGateway gateway() {
        return new HadoopGateway(new HadoopSettings(server.properties(), null, false));
    }

    private Path randomFile(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(temporary.toRealPath().resolve(name), content);
    }

    private static ArtifactUploader uploader(Map<String, String> properties) {
        return new ArtifactUploader(new HadoopGateway(new HadoopSettings(properties, null, false)));
    }

    private StagedArtifacts upload(ArtifactUploader uploader, int application, Path... files)
            throws InterruptedException {
        return uploader.upload(
                Applications.shared(Applications.identity(application), root, files), StagingListener.SILENT);
    }

    private List<String> names(String folder) throws IOException {
        try (UploadStore store = gateway().open(root)) {
            return store.list(folder).stream().map(StoredFile::name).sorted().toList();
        }
    }

    private void assertHolds(StagedArtifacts staged, Path file) throws IOException {
        String remote = staged.remoteLocations().get("file:" + file.toUri().getRawPath());
        try (UploadStore store = gateway().open(root)) {
            String path = remote.replace("%20", " ").replace("%25", "%");
            assertThat(store.read(path, 100 * MIB)).isEqualTo(Files.readAllBytes(file));
        }
    }

    @Test
    void arrivesIntactOnceAndIsRemovedAtTheEnd() throws Exception {
        Path big = randomFile("big.bin", 40 * MIB);
        Path odd = randomFile("my 100% file.txt", 10);
        Path empty = randomFile("empty", 0);
        ArtifactUploader uploader = uploader(server.properties());

        StagedArtifacts first = upload(uploader, 1, big, odd, empty);
        StagedArtifacts second = upload(uploader, 2, big, odd, empty);

        assertThat(first.bytes()).isEqualTo(40 * MIB + 10);
        assertThat(second.bytes()).isZero();
        for (Path file : List.of(big, odd, empty)) {
            assertHolds(second, file);
        }
        assertThat(uploader.delete(first)).isEmpty();
        assertHolds(second, big);
        assertThat(uploader.delete(second)).isEmpty();
        assertThat(names(root)).isEmpty();
    }

    @Test
    void twoBuildsThatSendTheSameAtOnceDoNotDisturbEachOther() throws Exception {
        Path file = randomFile("app.jar", 20 * MIB);
        List<CompletableFuture<StagedArtifacts>> uploads = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            int application = i;
            uploads.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return upload(uploader(server.properties()), application, file);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (CompletableFuture<StagedArtifacts> upload : uploads) {
            assertHolds(upload.get(2, TimeUnit.MINUTES), file);
        }
    }

    @Test
    void losesAndLeavesNothingInARaceOfBuildsCrashesAndControllers() throws Exception {
        UploadRace race = new UploadRace(gateway(), root, temporary.toRealPath());

        race.run(12);

        assertThat(race.checked).hasValueGreaterThan(50);
        assertThat(race.lost).hasValue(0);
        assertThat(race.left()).isEmpty();
    }

    @Test
    void publishesNothingOfAFileThatWasInterrupted() throws Exception {
        Path file = randomFile("big.bin", 40 * MIB);
        CountDownLatch sending = new CountDownLatch(1);
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> outcome.complete(catchThrowable(() -> uploader(server.properties())
                .upload(Applications.shared(Applications.IDENTITY, root, file), new StagingListener() {
                    @Override
                    public void sent(Path path, long bytes) {
                        sending.countDown();
                    }
                }))));
        thread.start();
        assertThat(sending.await(60, TimeUnit.SECONDS)).isTrue();
        long before = System.nanoTime();
        thread.interrupt();

        assertThat(outcome.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(names(root)).isEmpty();
    }

    @Test
    void repeatsWhatABusyServerRefusesAndWhatAConnectionLost() throws Exception {
        Path[] files = {randomFile("a.bin", 3 * MIB), randomFile("b.bin", 2 * MIB)};
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.busy(2);
            connection.cut(1, MIB);

            StagedArtifacts staged = upload(uploader(server.properties(connection.port())), 1, files);

            for (Path file : files) {
                assertHolds(staged, file);
            }
        }
    }

    @Test
    void givesUpASilentServerWithinAMinuteAndNamesItAndTheKey() throws Exception {
        Path file = randomFile("a.bin", 10);
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.silent();
            long before = System.nanoTime();

            assertThatThrownBy(() -> upload(uploader(server.properties(connection.port())), 1, file))
                    .isInstanceOf(StagingException.class)
                    .hasMessageContaining(root)
                    .hasMessageContaining("(spark.kubernetes.file.upload.path)")
                    .hasMessageContaining("does not answer in time")
                    .matches(failure -> !((StagingException) failure).isRefusal(), "may be over soon")
                    .message()
                    .hasLineCount(1);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void reportsAServerThatIsNotThere() throws Exception {
        Path file = randomFile("a.bin", 10);

        assertThatThrownBy(() -> upload(uploader(server.properties(S3Server.freePort())), 1, file))
                .isInstanceOf(StagingException.class)
                .hasMessageContaining("answers at " + root + "; check host and port")
                .matches(failure -> !((StagingException) failure).isRefusal(), "may be over soon");
    }

    @Test
    void reportsThatTheServerStaysBusy() throws Exception {
        Path file = randomFile("a.bin", 10);
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.busy(Integer.MAX_VALUE);

            assertThatThrownBy(() -> upload(uploader(server.properties(connection.port())), 1, file))
                    .isInstanceOf(StagingException.class)
                    .hasMessageContaining("asks for fewer requests")
                    .matches(failure -> !((StagingException) failure).isRefusal(), "may be over soon");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 Forbidden | AccessDenied | the credentials have no permission to list or to write",
                "400 Bad Request | ExpiredToken | has expired; get a new one",
                "400 Bad Request | AuthorizationHeaderMalformed | is in another region than the one that is configured",
                "301 Moved Permanently | PermanentRedirect | is in another region than the one that is configured",
            })
    void reportsWhatTheServerRefuses(String status, String code, String sentence) throws Exception {
        Path file = randomFile("a.bin", 10);
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.refuse(status, "<Error><Code>%s</Code><Message>No.</Message></Error>".formatted(code));

            assertThatThrownBy(() -> upload(uploader(server.properties(connection.port())), 1, file))
                    .isInstanceOf(StagingException.class)
                    .hasMessageContaining(root)
                    .hasMessageContaining(sentence)
                    .matches(failure -> ((StagingException) failure).isRefusal(), "is a refusal")
                    .message()
                    .hasLineCount(1)
                    .doesNotContain("software.amazon", "Exception");
        }
    }

    @Test
    void reportsWrongKeysAndMissingBuckets() throws Exception {
        Path file = randomFile("a.bin", 10);
        Map<String, String> wrongSecret = new HashMap<>(server.properties());
        wrongSecret.put("fs.s3a.secret.key", "another");
        Map<String, String> unknownKey = new HashMap<>(server.properties());
        unknownKey.put("fs.s3a.access.key", "UNKNOWN");

        assertThatThrownBy(() -> upload(uploader(wrongSecret), 1, file))
                .hasMessageContaining("does not accept the secret key")
                .message()
                .doesNotContain("another");
        assertThatThrownBy(() -> upload(uploader(unknownKey), 1, file))
                .hasMessageContaining("does not know the access key");
        root = "s3a://nosuchbucket/up";
        assertThatThrownBy(() -> upload(uploader(server.properties()), 1, file))
                .hasMessageContaining("there is no bucket for s3a://nosuchbucket/up; correct the name, or create it.")
                .matches(failure -> ((StagingException) failure).isRefusal(), "is a refusal");
    }

    /** With another endpoint for all else, as a job might set it. */
    @Test
    void usesACredentialForItsBucketAloneAndWithItsOwnSettings() throws Exception {
        Path file = randomFile("a.bin", 10);
        Map<String, String> ofTheCluster = new HashMap<>(server.properties());
        AccessKey key =
                new AccessKey(ofTheCluster.remove("fs.s3a.access.key"), ofTheCluster.remove("fs.s3a.secret.key"), null);
        Map<String, String> ofTheJob = new HashMap<>(ofTheCluster);
        ofTheJob.put("fs.s3a.endpoint", "http://127.0.0.1:" + S3Server.freePort());
        HadoopGateway gateway = new HadoopGateway(
                new HadoopSettings(ofTheJob, null, false),
                new StorageAccess(
                        new StorageLogin("s3a://uploads/elsewhere", key),
                        new HadoopSettings(ofTheCluster, null, false)));

        StagedArtifacts staged = upload(new ArtifactUploader(gateway), 1, file);

        assertHolds(staged, file);
        assertThat(new ArtifactUploader(gateway).delete(staged)).isEmpty();
        assertThat(names(root)).isEmpty();
        assertThat(new UploadPathCheck(gateway, root).run()).isEmpty();
        assertThat(names(root)).isEmpty();
        assertThat(new UploadPathCheck(gateway, "s3a://another/x").run())
                .map(UploadPathCheck.Problem::reason)
                .hasValueSatisfying(reason -> assertThat(reason).contains("no credentials for s3a://another/x"));
    }

    @Test
    void checkNamesTheStageAndTheReason() throws Exception {
        Map<String, String> settings = new HashMap<>(server.properties());
        StorageLogin wrong =
                new StorageLogin(root, new AccessKey(settings.remove("fs.s3a.access.key"), "wrong-secret-value", null));
        HadoopSettings ofTheCluster = new HadoopSettings(settings, null, false);

        assertThat(new UploadPathCheck(new HadoopGateway(ofTheCluster, new StorageAccess(wrong, ofTheCluster)), root)
                        .run())
                .hasValueSatisfying(problem -> {
                    assertThat(problem.stage()).isEqualTo(UploadPathCheck.Stage.WRITE);
                    assertThat(problem.reason())
                            .contains(root, "does not accept the secret key")
                            .doesNotContain("wrong-secret-value");
                });
    }

    @Test
    void sendsManySmallFilesAndFindsThemAgain() throws Exception {
        Path[] files = new Path[150];
        for (int i = 0; i < files.length; i++) {
            files[i] = Files.writeString(temporary.toRealPath().resolve("f" + i), "content " + i);
        }
        ArtifactUploader uploader = uploader(server.properties());

        assertThat(upload(uploader, 1, files).bytes()).isPositive();
        assertThat(upload(uploader, 2, files).bytes()).isZero();
    }

    @Test
    void sharesAFolderAsAWhole() throws Exception {
        Path folder = Files.createDirectories(temporary.toRealPath().resolve("conf/inner"));
        Files.writeString(folder.resolve("a b.txt"), "alpha");
        Files.writeString(folder.resolveSibling("c.txt"), "gamma");
        ArtifactUploader uploader = uploader(server.properties());

        StagedArtifacts first = upload(uploader, 1, folder.getParent());
        StagedArtifacts second = upload(uploader, 2, folder.getParent());

        assertThat(second.bytes()).isZero();
        String remote = second.remoteLocations().values().iterator().next();
        try (UploadStore store = gateway().open(root)) {
            assertThat(store.read(remote + "/inner/a b.txt", MIB)).asString().isEqualTo("alpha");
            store.delete(remote + "/c.txt");
            store.delete(remote + ".complete");
        }
        // As a submission that crashed would have left it.
        assertThat(upload(uploader, 3, folder.getParent()).bytes()).isEqualTo(10);
        try (UploadStore store = gateway().open(root)) {
            assertThat(store.read(remote + "/c.txt", MIB)).asString().isEqualTo("gamma");
        }
        assertThat(uploader.delete(first)).isEmpty();
        assertThat(uploader.delete(second)).isEmpty();
    }

    @Test
    void sendsToASlowServerAsLongAsSomethingMoves() throws Exception {
        // Five parts of which four are sent at once take longer together than nothing may move.
        Path file = randomFile("a.bin", 40 * MIB);
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.slow(300 * 1024);

            assertHolds(upload(uploader(server.properties(connection.port())), 1, file), file);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "507 Insufficient Storage | XMinioStorageFull | is full",
                "403 Forbidden | QuotaExceeded | is full",
            })
    void reportsAFullStore(String status, String code, String sentence) throws Exception {
        reportsWhatTheServerRefuses(status, code, sentence);
    }

    @Test
    void isCancelledWithinASecondInTheMiddleOfAFileWhenTheServerHangs() throws Exception {
        Path file = randomFile("big.bin", 40 * MIB);
        try (FaultyConnection connection = new FaultyConnection(server.port())) {
            connection.hang(MIB);
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread thread = new Thread(() -> outcome.complete(
                    catchThrowable(() -> upload(uploader(server.properties(connection.port())), 1, file))));
            thread.start();
            connection.awaitHanging();
            long before = System.nanoTime();
            thread.interrupt();

            assertThat(outcome.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(1500));
        }
    }

    /** A write in parts, as a process that was killed leaves it. */
    private static void beginWrite(S3AFileSystem s3, String key) throws Exception {
        var path = new org.apache.hadoop.fs.Path("/" + key);
        MultipartUploader uploader = s3.createMultipartUploader(path).build();
        uploader.startUpload(path).get(1, TimeUnit.MINUTES);
    }

    /** Those of a test. */
    private static List<String> unfinished(S3AFileSystem s3, Collection<String> known) throws IOException {
        List<String> keys = new ArrayList<>();
        RemoteIterator<MultipartUpload> uploads = s3.listUploads(null);
        while (uploads.hasNext()) {
            keys.add(uploads.next().key());
        }
        keys.retainAll(known);
        return keys;
    }

    @Test
    void abortsWhatKilledProcessesHaveBegunToWriteADayAgoAndNothingElse() throws Exception {
        String folder = root.replaceFirst("^s3a://uploads/", "");
        String shared = "/spark-upload-%s-40/a.jar".formatted("a".repeat(64));
        String own = "/spark-upload-%s-1/a.jar".formatted("b".repeat(32));
        List<String> others = List.of(folder + "/data/part-1", folder + "2" + shared, "elsewhere" + shared);
        Configuration configuration = new Configuration();
        server.properties().forEach(configuration::set);
        configuration.set("fs.s3a.audit.enabled", "false");
        configuration.set("fs.s3a.input.stream.type", "classic");
        try (S3AFileSystem s3 = new S3AFileSystem();
                UploadStore store = gateway().open(root)) {
            s3.initialize(URI.create("s3a://uploads"), configuration);
            List<String> all = new ArrayList<>(others);
            all.addAll(List.of(folder + shared, folder + own));
            for (String key : all) {
                beginWrite(s3, key);
            }
            ApplicationStates unknown = (application, master, namespace) -> false;
            Clock now = Clock.systemUTC();

            assertThat(new UploadCleaning(store, root, now, () -> {}).sweep(Duration.ZERO, unknown))
                    .isTrue();
            assertThat(unfinished(s3, all)).as("may be under way").hasSize(5);

            Clock later = Clock.offset(now, Duration.ofDays(2));
            assertThat(new UploadCleaning(store, root, later, () -> {}).sweep(Duration.ZERO, unknown))
                    .isTrue();
            assertThat(unfinished(s3, all)).containsExactlyInAnyOrderElementsOf(others);
        }
    }
}
