package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads to a real HDFS. */
@Timeout(120)
class HdfsUploadTest {
    private static final int SEVERAL_BLOCKS = 3_500_000;

    @TempDir
    static Path hdfsDirectory;

    private static HdfsCluster hdfs;

    @TempDir
    Path temporary;

    @BeforeAll
    static void startHdfs() throws Exception {
        hdfs = HdfsCluster.start(hdfsDirectory);
    }

    @AfterAll
    static void stopHdfs() throws Exception {
        hdfs.close();
    }

    private static ArtifactUploader uploader() {
        return new ArtifactUploader(new HadoopGateway(hdfs.settings()));
    }

    private Path randomFile(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(temporary.toRealPath().resolve(name), content);
    }

    private static boolean isRefusal(Throwable failure) {
        return ((StagingException) failure).isRefusal();
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static String pathOf(ResourceUri uri) {
        return new org.apache.hadoop.fs.Path(java.net.URI.create(uri.location()))
                .toUri()
                .getPath();
    }

    @Test
    void arrivesIntactAndIsRemovedAtTheEnd() throws Exception {
        String root = hdfs.makeDirectory("/intact");
        Path big = randomFile("big.bin", SEVERAL_BLOCKS);
        Path odd = randomFile("my 100% file.txt", 10);
        Path empty = randomFile("empty", 0);

        StagedArtifacts staged =
                uploader().upload(Applications.plan(root + "/", big, odd, empty), StagingListener.SILENT);

        for (Path file : List.of(big, odd, empty)) {
            ResourceUri remote = staged.remote(ResourceUri.resolve(file.toString(), temporary))
                    .orElseThrow();
            assertThat(sha256(hdfs.read(pathOf(remote)))).isEqualTo(sha256(Files.readAllBytes(file)));
        }
        assertThat(staged.bytes()).isEqualTo(SEVERAL_BLOCKS + 10);
        assertThat(hdfs.count("/intact")).isEqualTo(3);
        assertThat(uploader().delete(staged)).isEmpty();
        assertThat(hdfs.count("/intact")).isZero();
    }

    @Test
    void uploadsFolderWithAllItHolds() throws Exception {
        String root = hdfs.makeDirectory("/folder");
        Path folder = Files.createDirectories(temporary.toRealPath().resolve("conf/inner"));
        Files.writeString(folder.resolve("a.txt"), "alpha");
        Files.writeString(folder.resolveSibling("b c.txt"), "beta");

        StagedArtifacts staged = uploader().upload(Applications.plan(root, folder.getParent()), StagingListener.SILENT);

        String remote = "/folder/spark-upload-" + Applications.HEX + "-1/conf";
        assertThat(hdfs.read(remote + "/inner/a.txt")).asString().isEqualTo("alpha");
        assertThat(hdfs.read(remote + "/b c.txt")).asString().isEqualTo("beta");
        assertThat(staged.directories()).hasSize(1);
    }

    @Test
    void listsFilesOfPattern() throws Exception {
        hdfs.makeDirectory("/glob");
        for (String name : List.of("b.jar", "a b.jar", "c.txt")) {
            hdfs.fileSystem()
                    .create(new org.apache.hadoop.fs.Path("/glob/" + name))
                    .close();
        }
        HadoopGateway gateway = new HadoopGateway(hdfs.settings());

        assertThat(gateway.expand(ResourceUri.of(hdfs.uri() + "/glob/*.jar")))
                .extracting(ResourceUri::toString)
                .containsExactly(hdfs.uri() + "/glob/a%20b.jar", hdfs.uri() + "/glob/b.jar");
        assertThat(gateway.expand(ResourceUri.of(hdfs.uri() + "/glob/*.zip"))).isEmpty();
        assertThat(gateway.expand(ResourceUri.of(hdfs.uri() + "/none/x*"))).isEmpty();
    }

    @Test
    void removesEverythingWhenTheQuotaIsReachedInTheMiddle() throws Exception {
        String root = hdfs.makeDirectory("/quota");
        hdfs.fileSystem()
                .setQuota(
                        new org.apache.hadoop.fs.Path("/quota"),
                        HdfsConstants.QUOTA_DONT_SET,
                        // Room for the first file, and less than the second needs.
                        4L * 1024 * 1024);
        StagingPlan plan =
                Applications.plan(root, randomFile("small.bin", 1000), randomFile("big.bin", 20 * SEVERAL_BLOCKS / 10));

        assertThatThrownBy(() -> uploader().upload(plan, StagingListener.SILENT))
                .isInstanceOf(StagingException.class)
                .hasMessageContaining(".bin could not be uploaded to " + root)
                .hasMessageContaining("quota")
                .matches(HdfsUploadTest::isRefusal, "is a refusal")
                .message()
                .hasLineCount(1);
        assertThat(hdfs.count("/quota")).isZero();
    }

    @Test
    void saysWhoMayNotWriteWhere() throws Exception {
        String root = hdfs.makeDirectory("/readonly");
        hdfs.chmod("/readonly", "555");
        StagingPlan plan = Applications.plan(root, randomFile("a.bin", 10));
        HadoopSettings settings = hdfs.settings();

        org.apache.hadoop.security.UserGroupInformation.createRemoteUser("nobody")
                .doAs((java.security.PrivilegedExceptionAction<Void>) () -> {
                    assertThatThrownBy(() -> new ArtifactUploader(new HadoopGateway(settings))
                                    .upload(plan, StagingListener.SILENT))
                            .isInstanceOf(StagingException.class)
                            .hasMessageContaining("the user nobody may not write /readonly;")
                            .matches(HdfsUploadTest::isRefusal, "is a refusal")
                            .message()
                            .hasLineCount(1);
                    return null;
                });
        assertThat(hdfs.count("/readonly")).isZero();
    }

    @Test
    void saysThatNameNodeIsInSafeMode() throws Exception {
        String root = hdfs.makeDirectory("/safe");
        StagingPlan plan = Applications.plan(root, randomFile("a.bin", 10));
        hdfs.fileSystem().setSafeMode(SafeModeAction.ENTER);
        try {
            assertThatThrownBy(() -> uploader().upload(plan, StagingListener.SILENT))
                    .isInstanceOf(StagingException.class)
                    .hasMessageContaining("is in safe mode and accepts no files")
                    .matches(failure -> !isRefusal(failure), "may be over soon")
                    .message()
                    .hasLineCount(1);
        } finally {
            hdfs.fileSystem().setSafeMode(SafeModeAction.LEAVE);
        }
        assertThat(hdfs.count("/safe")).isZero();
    }

    @Test
    void reportsWhatCouldNotBeRemoved() throws Exception {
        String root = hdfs.makeDirectory("/kept");
        StagedArtifacts staged =
                uploader().upload(Applications.plan(root, randomFile("a.bin", 10)), StagingListener.SILENT);
        hdfs.fileSystem().setSafeMode(SafeModeAction.ENTER);
        try {
            assertThat(uploader().delete(staged))
                    .singleElement()
                    .asString()
                    .startsWith(staged.directories().get(0) + " could not be removed: ");
        } finally {
            hdfs.fileSystem().setSafeMode(SafeModeAction.LEAVE);
        }
        assertThat(uploader().delete(staged)).isEmpty();
        assertThat(hdfs.count("/kept")).isZero();
    }

    @Test
    void reportsOneCauseForAllDirectoriesThatWereNotRemoved() throws Exception {
        String root = hdfs.makeDirectory("/several");
        StagingPlan plan =
                Applications.plan(root, randomFile("a.bin", 10), randomFile("b.bin", 11), randomFile("c.bin", 12));
        StagedArtifacts staged = uploader().upload(plan, StagingListener.SILENT);
        hdfs.fileSystem().setSafeMode(SafeModeAction.ENTER);
        try {
            assertThat(uploader().delete(staged))
                    .containsExactly(
                            "%s and 2 more of this application could not be removed: the name node of %s is in safe mode and accepts no files; try again when it has left safe mode."
                                    .formatted(staged.directories().get(0), root));
        } finally {
            hdfs.fileSystem().setSafeMode(SafeModeAction.LEAVE);
        }
    }

    @Test
    void stopsRemovingAfterTheFirstConnectionFailure() throws Exception {
        String root;
        try (ServerSocket socket = new ServerSocket(0)) {
            root = "hdfs://localhost:" + socket.getLocalPort() + "/up";
        }
        List<String> directories = IntStream.range(0, 50)
                .mapToObj(number -> root + "/spark-upload-" + Applications.HEX + "-" + number)
                .toList();
        long before = System.nanoTime();

        assertThat(uploader().delete(new StagedArtifacts(Map.of(), directories, 0)))
                .singleElement()
                .asString()
                .contains("-0 and 49 more of this application", "no server answers at " + root + ";");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void removesEverythingWhenInterruptedWhileWriting() throws Exception {
        String root = hdfs.makeDirectory("/interrupted");
        StagingPlan plan = Applications.plan(root, randomFile("first.bin", 10), randomFile("big.bin", SEVERAL_BLOCKS));

        assertThatThrownBy(() -> uploader()
                        .upload(
                                plan,
                                ArtifactUploaderTest.onProgress(
                                        () -> Thread.currentThread().interrupt())))
                .isInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isFalse();
        assertThat(hdfs.count("/interrupted")).isZero();
    }

    @Test
    void givesUpWhileWaitingForServerThatDoesNotAnswer() throws Exception {
        ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try {
            StagingPlan plan =
                    Applications.plan("hdfs://localhost:" + silent.getLocalPort() + "/up", randomFile("a.bin", 10));
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread uploading = new Thread(() -> {
                try {
                    uploader().upload(plan, StagingListener.SILENT);
                    outcome.complete(null);
                } catch (Throwable e) {
                    outcome.complete(e);
                }
            });
            uploading.start();
            try (var accepted = silent.accept()) {
                assertThat(accepted.isConnected()).isTrue();
                uploading.interrupt();
                assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            }
        } finally {
            silent.close();
        }
    }

    @Test
    void saysWithinBoundedTimeThatNameNodeIsDead() throws Exception {
        String root;
        try (ServerSocket socket = new ServerSocket(0)) {
            root = "hdfs://localhost:" + socket.getLocalPort() + "/up";
        }
        StagingPlan plan = Applications.plan(root, randomFile("a.bin", 10));
        long before = System.nanoTime();

        assertThatThrownBy(() -> uploader().upload(plan, StagingListener.SILENT))
                .isInstanceOf(StagingException.class)
                .hasMessageContaining("no server answers at " + root)
                .matches(failure -> ((StagingException) failure).left().isEmpty(), "began nothing")
                .matches(failure -> !isRefusal(failure), "may be over soon")
                .hasMessageEndingWith("check host and port.");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void saysThatServerIsNoNameNode() throws Exception {
        String root = "hdfs://localhost:" + hdfs.httpPort() + "/up";

        assertThatThrownBy(() ->
                        uploader().upload(Applications.plan(root, randomFile("a.bin", 10)), StagingListener.SILENT))
                .isInstanceOf(StagingException.class)
                .hasMessageContaining(root)
                .matches(HdfsUploadTest::isRefusal, "is a refusal")
                .hasMessageEndingWith("is not a name node's RPC port; check host and port.");
    }

    @Test
    void doesNotMixSettingsOfUploadsAtTheSameTime() throws Exception {
        String root = hdfs.makeDirectory("/mixed");
        CountDownLatch bothWriting = new CountDownLatch(2);
        List<CompletableFuture<StagedArtifacts>> uploads = List.of("1", "2").stream()
                .map(replication -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return uploadWithReplication(root, replication, bothWriting);
                    } catch (Exception e) {
                        return fail(e);
                    }
                }))
                .toList();

        assertThat(replicationOf(uploads.get(0).get())).isEqualTo((short) 1);
        assertThat(replicationOf(uploads.get(1).get())).isEqualTo((short) 2);
        assertThat(hdfs.count("/mixed")).isEqualTo(2);
    }

    private StagedArtifacts uploadWithReplication(String root, String replication, CountDownLatch bothWriting)
            throws Exception {
        HadoopSettings settings =
                new HadoopSettings(Map.of("dfs.replication", replication, "dfs.blocksize", "1048576"), null, false);
        ApplicationIdentity identity = ApplicationIdentity.create(new SecureRandom(), Clock.systemUTC());
        StagingPlan plan = Applications.plan(identity, root, randomFile("data" + replication, 1000));
        return new ArtifactUploader(new HadoopGateway(settings)).upload(plan, ArtifactUploaderTest.onProgress(() -> {
            bothWriting.countDown();
            try {
                assertThat(bothWriting.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(e);
            }
        }));
    }

    private static short replicationOf(StagedArtifacts staged) throws IOException {
        DistributedFileSystem fileSystem = hdfs.fileSystem();
        String location = staged.remoteLocations().values().iterator().next();
        return fileSystem.getFileStatus(new org.apache.hadoop.fs.Path(location)).getReplication();
    }

    @Test
    void takesNameNodeFromTheConfigurationDirectory() throws Exception {
        hdfs.makeDirectory("/site");
        Path conf = Files.createDirectory(temporary.resolve("hadoop-conf"));
        Files.writeString(conf.resolve("core-site.xml"), """
                <configuration>
                  <property><name>fs.defaultFS</name><value>%s</value></property>
                </configuration>
                """.formatted(hdfs.uri()));
        Files.writeString(conf.resolve("hdfs-site.xml"), """
                <configuration>
                  <property><name>dfs.replication</name><value>2</value></property>
                  <property><name>dfs.blocksize</name><value>2097152</value></property>
                </configuration>
                """);
        HadoopSettings settings = new HadoopSettings(Map.of("dfs.blocksize", "1048576"), conf, false);

        StagedArtifacts staged = new ArtifactUploader(new HadoopGateway(settings))
                .upload(Applications.plan("hdfs:///site", randomFile("a.bin", 10)), StagingListener.SILENT);

        String location =
                hdfs.uri() + staged.remoteLocations().values().iterator().next().substring("hdfs://".length());
        var status = hdfs.fileSystem().getFileStatus(new org.apache.hadoop.fs.Path(location));
        assertThat(status.getReplication()).isEqualTo((short) 2);
        assertThat(status.getBlockSize()).isEqualTo(1048576);
    }

    @Test
    void reportsAFullStoreAndLeavesNothing() throws Exception {
        String root = hdfs.makeDirectory("/full");
        hdfs.fileSystem()
                .setQuota(
                        new org.apache.hadoop.fs.Path("/full"),
                        org.apache.hadoop.hdfs.protocol.HdfsConstants.QUOTA_DONT_SET,
                        5L * 1024 * 1024);
        Path file = randomFile("a.bin", 8 * 1024 * 1024);

        assertThatThrownBy(() -> uploader()
                        .upload(Applications.shared(Applications.IDENTITY, root, file), StagingListener.SILENT))
                .isInstanceOf(StagingException.class)
                .hasMessageContaining(root + " (spark.kubernetes.file.upload.path): ")
                .hasMessageContaining("quota")
                .matches(HdfsUploadTest::isRefusal, "does not pass by itself")
                .message()
                .hasLineCount(1);
        assertThat(hdfs.count("/full")).isZero();
    }

    @Test
    void sharesALargeFileThatWasReadWhileItWasSent() throws Exception {
        String root = hdfs.makeDirectory("/large");
        Path file = randomFile("a.bin", 8 * 1024 * 1024);
        StagedArtifacts first =
                uploader().upload(Applications.shared(Applications.identity(1), root, file), StagingListener.SILENT);

        StagedArtifacts second =
                uploader().upload(Applications.shared(Applications.identity(2), root, file), StagingListener.SILENT);

        assertThat(second.bytes()).isZero();
        String remote = second.remoteLocations().values().iterator().next();
        assertThat(sha256(hdfs.read(remote.substring(hdfs.uri().length()))))
                .isEqualTo(sha256(Files.readAllBytes(file)));
        assertThat(uploader().delete(first)).isEmpty();
        assertThat(uploader().delete(second)).isEmpty();
        assertThat(hdfs.fileSystem().listStatus(new org.apache.hadoop.fs.Path("/large")))
                .extracting(status -> status.getPath().getName())
                .containsExactly("spark-upload-condemned");
    }
}
