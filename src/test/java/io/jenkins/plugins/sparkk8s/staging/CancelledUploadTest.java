package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server takes connections and answers nothing; the one who waits for the upload cancels it. */
@Timeout(180)
class CancelledUploadTest {
    /** A second, and what a busy machine adds; who waits for the server waits for at least ten. */
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    Path temporary;

    private FaultyConnection server;

    @BeforeEach
    void startServer() throws Exception {
        server = new FaultyConnection(0);
        server.silent();
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    private String root(String scheme) {
        return switch (scheme) {
            case "s3a" -> "s3a://uploads/up";
            case "abfs" -> "abfs://uploads@account.dfs.core.windows.net/up";
            default -> "%s://127.0.0.1:%d/up".formatted(scheme, server.port());
        };
    }

    private HadoopGateway gateway() {
        Map<String, String> properties = new HashMap<>(Map.of(
                "fs.s3a.endpoint", "http://127.0.0.1:" + server.port(),
                "fs.s3a.path.style.access", "true",
                "fs.s3a.access.key", "key",
                "fs.s3a.secret.key", "secret"));
        properties.putAll(AzureServer.properties(server.port()));
        return new HadoopGateway(new HadoopSettings(properties, null, false));
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Runs it, cancels it when the server has been asked, and measures how long it takes to end then. */
    private Duration timeToCancel(Work work, Class<? extends Throwable> expected) throws Exception {
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> outcome.complete(catchThrowable(work::run)));
        thread.start();
        server.awaitHanging();
        long start = System.nanoTime();
        thread.interrupt();
        Throwable failure = outcome.get(60, TimeUnit.SECONDS);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        assertThat(failure).isInstanceOf(expected);
        return time;
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3a", "hdfs", "webhdfs", "abfs"})
    void uploadEndsWithinASecondAndReportsWhatMayBeLeft(String scheme) throws Exception {
        Path file = Files.writeString(temporary.toRealPath().resolve("a.txt"), "alpha");
        List<String> left = new CopyOnWriteArrayList<>();
        ArtifactUploader uploader = new ArtifactUploader(gateway());
        StagingPlan plan = Applications.shared(Applications.IDENTITY, root(scheme), file);

        Duration time = timeToCancel(
                () -> uploader.upload(plan, new StagingListener() {
                    @Override
                    public void left(List<String> directories) {
                        left.addAll(directories);
                    }
                }),
                InterruptedException.class);

        assertThat(time).isLessThan(SOON);
        assertThat(left).isEqualTo(plan.directories());
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3a", "hdfs", "webhdfs", "abfs"})
    void listingAndReadingEndWithinASecond(String scheme) throws Exception {
        assertThat(timeToCancel(
                        () -> gateway().expand(ResourceUri.of(root(scheme) + "/*.jar")), RuntimeException.class))
                .isLessThan(SOON);
        assertThat(timeToCancel(
                        () -> gateway().remoteFiles().read("propertiesFile", root(scheme) + "/a.conf"),
                        RuntimeException.class))
                .isLessThan(SOON);
    }
}
