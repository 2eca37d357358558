package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads to an HDFS that refuses, is full, is cut off or does not answer: what is reported, and what is left. */
class HdfsUploadFailuresTest extends HdfsCase {
    private static boolean isRefusal(Throwable failure) {
        return ((StagingException) failure).isRefusal();
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
                .matches(HdfsUploadFailuresTest::isRefusal, "is a refusal")
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
                            .matches(HdfsUploadFailuresTest::isRefusal, "is a refusal")
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

    @ParameterizedTest
    @ValueSource(strings = {"content", "spark"})
    void reportsWhatIsLeftWhenTheNameNodeDiesMeanwhile(String layout) throws Exception {
        hdfs.makeDirectory("/dying");
        try (FaultyConnection nameNode =
                new FaultyConnection(URI.create(hdfs.uri()).getPort())) {
            StagingPlan plan = Applications.plan(
                    Applications.identity(layout.length()),
                    Map.of("spark.kubernetes.submit.uploads", layout),
                    "hdfs://127.0.0.1:%d/dying".formatted(nameNode.port()),
                    randomFile("big.bin", SEVERAL_BLOCKS));

            assertThatThrownBy(() -> uploader().upload(plan, ArtifactUploaderTest.onProgress(nameNode::die)))
                    .isInstanceOf(StagingException.class)
                    .matches(failure -> !isRefusal(failure), "may be over soon")
                    .extracting(failure -> ((StagingException) failure).left())
                    .isEqualTo(plan.directories());
        }
    }

    @Test
    void saysThatServerIsNoNameNode() throws Exception {
        String root = "hdfs://localhost:" + hdfs.httpPort() + "/up";

        assertThatThrownBy(() ->
                        uploader().upload(Applications.plan(root, randomFile("a.bin", 10)), StagingListener.SILENT))
                .isInstanceOf(StagingException.class)
                .hasMessageContaining(root)
                .matches(HdfsUploadFailuresTest::isRefusal, "is a refusal")
                .hasMessageEndingWith("is not a name node's RPC port; check host and port.");
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
                .matches(HdfsUploadFailuresTest::isRefusal, "does not pass by itself")
                .message()
                .hasLineCount(1);
        assertThat(hdfs.count("/full")).isZero();
    }
}
