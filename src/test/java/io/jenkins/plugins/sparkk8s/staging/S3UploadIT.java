package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Uploads to a real S3 server: whole, once, and beside others. */
class S3UploadIT extends S3Case {
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
}
