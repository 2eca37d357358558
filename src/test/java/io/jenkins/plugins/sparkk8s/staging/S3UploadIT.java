package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Three parts, and what is sent at once. */
    @ParameterizedTest
    @ValueSource(ints = {40, 10})
    void publishesNothingOfAFileThatWasInterrupted(int mib) throws Exception {
        root += mib;
        Path file = randomFile("big.bin", mib * MIB);
        List<String> left = new CopyOnWriteArrayList<>();
        AtomicLong sentAtEnd = new AtomicLong();
        Thread uploading = Thread.currentThread();
        Throwable outcome = catchThrowable(() -> uploader(server.properties())
                .upload(Applications.shared(Applications.IDENTITY, root, file), new StagingListener() {
                    @Override
                    public void sent(Path path, long bytes) {
                        if (sentAtEnd.addAndGet(bytes) >= MIB) {
                            uploading.interrupt();
                        }
                    }

                    @Override
                    public void left(List<String> directories) {
                        left.addAll(directories);
                    }
                }));
        Thread.interrupted();

        assertThat(outcome).isInstanceOf(InterruptedException.class);
        assertThat(sentAtEnd).as("not sent to its end").hasValueLessThan(mib * (long) MIB);
        assertThat(left)
                .allMatch(Applications.shared(Applications.IDENTITY, root, file).directories()::contains);
        assertThat(names(root).stream().map(name -> root + "/" + name)).isSubsetOf(left);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 10})
    void publishesNothingOfAFileThatChangedWhileItWasSent(int mib) throws Exception {
        root += mib;
        Path file = randomFile("big.bin", mib * MIB);
        AtomicLong sent = new AtomicLong();

        assertThatThrownBy(() -> uploader(server.properties())
                        .upload(Applications.shared(Applications.IDENTITY, root, file), new StagingListener() {
                            @Override
                            public void sent(Path path, long bytes) {
                                if (sent.getAndAdd(bytes) == 0) {
                                    changeLastByte(path);
                                }
                            }
                        }))
                .isInstanceOf(StagingException.class)
                .hasMessageContaining("big.bin changed while it was uploaded")
                .message()
                .hasLineCount(1);
        assertThat(names(root)).isEmpty();
    }

    private static void changeLastByte(Path file) {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() - 1);
            int last = bytes.read();
            bytes.seek(bytes.length() - 1);
            bytes.write(last + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
