package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A connector whose calls do not return, not even when their thread is interrupted. */
@Timeout(180)
class HangingStoreTest {
    @TempDir
    Path temporary;

    private static ArtifactUploader uploader(boolean creates) {
        return new ArtifactUploader(
                new HadoopGateway(new HadoopSettings(HangingFileSystem.properties(creates), null, false)));
    }

    private StagingPlan plan() throws Exception {
        return plan("content");
    }

    private StagingPlan plan(String layout) throws Exception {
        Path file = Files.writeString(temporary.toRealPath().resolve("a.txt"), "alpha");
        return Applications.plan(
                Applications.IDENTITY,
                Map.of("spark.kubernetes.submit.uploads", layout, "spark.kubernetes.submit.uploadRetention", "0s"),
                "hanging:" + temporary.toRealPath() + "/up",
                file);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void delaysNothingWhenItDoesNotClose() throws Exception {
        long start = System.nanoTime();

        StagedArtifacts staged = uploader(false).upload(plan(), StagingListener.SILENT);
        assertThat(uploader(false).delete(staged)).isEmpty();

        assertThat(staged.bytes()).isEqualTo(5);
        assertThat(since(start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void isCancelledThoughItDoesNotReturn() throws Exception {
        StagingPlan plan = plan();
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread uploading = new Thread(() ->
                outcome.complete(catchThrowable(() -> uploader(true).upload(plan, StagingListener.SILENT))));
        uploading.start();
        uploading.interrupt();
        long start = System.nanoTime();

        assertThat(outcome.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(since(start)).isLessThan(Duration.ofSeconds(5));
    }

    /** Both layouts at once, since each takes the whole time. */
    @Test
    void isGivenUpWithinAMinuteWithASentenceAndWhatIsLeft() throws Exception {
        long start = System.nanoTime();
        StagingPlan shared = plan("content");
        StagingPlan own = plan("spark");

        CompletableFuture<Throwable> ofShared = uploading(shared);
        CompletableFuture<Throwable> ofOwn = uploading(own);

        requireGivenUp(ofShared, shared);
        requireGivenUp(ofOwn, own);
        assertThat(since(start)).isLessThan(Duration.ofSeconds(60));
    }

    private static CompletableFuture<Throwable> uploading(StagingPlan plan) {
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        new Thread(() -> outcome.complete(catchThrowable(() -> uploader(true).upload(plan, StagingListener.SILENT))))
                .start();
        return outcome;
    }

    private static void requireGivenUp(CompletableFuture<Throwable> outcome, StagingPlan plan) throws Exception {
        assertThat(outcome.get(100, TimeUnit.SECONDS))
                .isInstanceOf(StagingException.class)
                .hasMessageContaining("/up (spark.kubernetes.file.upload.path): ")
                .hasMessageContaining("does not answer in time")
                .matches(error -> !((StagingException) error).isRefusal(), "may be over soon")
                .extracting(error -> ((StagingException) error).left())
                .isEqualTo(plan.directories());
    }
}
