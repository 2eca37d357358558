package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.junit.jupiter.api.Test;

/** Uploads to a real HDFS. */
class HdfsUploadTest extends HdfsCase {
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

    /** So many that they are listed and not asked for one by one. */
    @Test
    void findsManyFilesByOneListButNotThoseOfEmptyFolders() throws Exception {
        String root = hdfs.makeDirectory("/many");
        Path[] files = new Path[120];
        for (int i = 0; i < files.length; i++) {
            files[i] = randomFile("many" + i, 10 + i);
        }
        StagedArtifacts first =
                uploader().upload(Applications.shared(Applications.identity(1), root, files), StagingListener.SILENT);
        String emptied = pathOf(first.remote(ResourceUri.resolve(files[7].toString(), temporary))
                .orElseThrow());
        assertThat(hdfs.fileSystem().delete(new org.apache.hadoop.fs.Path(emptied), false))
                .isTrue();

        StagedArtifacts second =
                uploader().upload(Applications.shared(Applications.identity(2), root, files), StagingListener.SILENT);

        assertThat(second.bytes()).isEqualTo(17);
        String sent = pathOf(second.remote(ResourceUri.resolve(files[7].toString(), temporary))
                .orElseThrow());
        assertThat(hdfs.read(sent)).isEqualTo(Files.readAllBytes(files[7]));
        assertThat(uploader().delete(first)).isEmpty();
        assertThat(uploader().delete(second)).isEmpty();
        assertThat(hdfs.fileSystem().listStatus(new org.apache.hadoop.fs.Path("/many")))
                .extracting(status -> status.getPath().getName())
                .containsExactly("spark-upload-condemned");
    }
}
