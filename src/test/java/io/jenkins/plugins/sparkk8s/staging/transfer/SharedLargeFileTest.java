package io.jenkins.plugins.sparkk8s.staging.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.staging.Applications;
import io.jenkins.plugins.sparkk8s.staging.cleaning.CrashingStore;
import io.jenkins.plugins.sparkk8s.staging.files.FileDigests;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadMarker;
import io.jenkins.plugins.sparkk8s.staging.store.LocalStore;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import io.jenkins.plugins.sparkk8s.staging.store.StoreCalls;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Files that are read while they are sent, so that their content is known only afterwards. */
class SharedLargeFileTest extends SharedUploadCase {
    private Path largeFile(String folder, int seed) throws IOException {
        byte[] content = new byte[5 * 1024 * 1024 + 7];
        new java.util.Random(seed).nextBytes(content);
        return Files.write(Files.createDirectories(source.resolve(folder)).resolve("big.jar"), content);
    }

    @Test
    void sharesALargeFileThatWasReadWhileItWasSent() throws Exception {
        Path file = largeFile("x", 1);

        StagedArtifacts first = upload(1, file);
        StagedArtifacts second = upload(2, file);

        assertThat(first.bytes()).isEqualTo(Files.size(file));
        assertThat(second.bytes()).isZero();
        assertThat(second.remoteLocations()).isEqualTo(first.remoteLocations());
        assertThat(remote(second, file)).hasSameBinaryContentAs(file);
        assertThat(entries()).hasSize(3).containsAll(sharedFolders());
        assertThat(uploader.delete(first)).isEmpty();
        assertThat(uploader.delete(second)).isEmpty();
        assertThat(entries()).containsExactly("spark-upload-condemned");
    }

    @Test
    void twoLargeFilesOfOneSizeAreTwo() throws Exception {
        Path one = largeFile("x", 1);
        upload(1, one);
        Path other = largeFile("y", 2);

        StagedArtifacts second = upload(2, other);

        assertThat(remote(second, other)).hasSameBinaryContentAs(other);
        assertThat(sharedFolders()).hasSize(2);
    }

    @Test
    void largeFileOfOneNameAndContentInTwoListsIsOne() throws Exception {
        Path one = largeFile("x", 1);
        Path other = largeFile("y", 1);
        StagingPlan plan = Applications.plan(
                Applications.IDENTITY,
                Map.of("spark.kubernetes.submit.uploadRetention", "0s", "spark.jars", other.toString()),
                "file:" + uploads,
                one);

        StagedArtifacts staged = uploader.upload(plan, listener);

        assertThat(remote(staged, one)).isEqualTo(remote(staged, other)).hasSameBinaryContentAs(one);
        assertThat(uploader.delete(staged)).isEmpty();
        assertThat(entries()).containsExactly("spark-upload-condemned");
    }

    @Test
    void sendsALargeFileThatIsAboutToBeRemovedToAFolderOfItsOwn() throws Exception {
        Path file = largeFile("x", 1);
        StagedArtifacts first = upload(1, file);
        Path shared = remote(first, file).getParent();
        assertThat(uploader.delete(first)).isEmpty();
        Files.createFile(uploads.resolve("spark-upload-condemned").resolve(shared.getFileName() + ".0123456789abcdef"));

        StagedArtifacts second = upload(2, file);

        assertThat(remote(second, file).getParent()).isEqualTo(uploads.resolve("spark-upload-%032x-1".formatted(2)));
        assertThat(shared).doesNotExist();
    }

    private interface Change {
        void make(RandomAccessFile file) throws IOException;
    }

    /** Makes a change when the first piece of a file has been sent. */
    private StagingListener changing(Path file, Change change) {
        AtomicBoolean made = new AtomicBoolean();
        return new StagingListener() {
            @Override
            public void sent(Path sent, long bytes) {
                if (!made.getAndSet(true)) {
                    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
                        change.make(opened);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        };
    }

    private void assertRefused(Change change) throws Exception {
        Path file = largeFile("x", 1);
        StagingPlan plan = Applications.shared(Applications.identity(1), "file:" + uploads, file);

        assertThatThrownBy(() -> uploader.upload(plan, changing(file, change)))
                .isInstanceOf(StagingException.class)
                .hasMessageContaining("big.jar changed while it was uploaded");

        assertThat(entries()).isEmpty();
    }

    @Test
    void refusesALargeFileThatChangesWhileItIsSent() throws Exception {
        assertRefused(file -> {
            file.seek(1);
            file.write(1);
        });
    }

    @Test
    void refusesALargeFileThatGrowsWhileItIsSent() throws Exception {
        assertRefused(file -> file.setLength(file.length() + 1));
    }

    @Test
    void refusesALargeFileThatIsCutOffWhileItIsSent() throws Exception {
        assertRefused(file -> file.setLength(4 * 1024 * 1024));
    }

    @Test
    void aCancelledUploadOfALargeFileLeavesNothing() throws Exception {
        Path file = largeFile("x", 1);
        StagingPlan plan = Applications.shared(Applications.identity(1), "file:" + uploads, file);
        Thread caller = Thread.currentThread();
        StagingListener cancelling = new StagingListener() {
            @Override
            public void sent(Path sent, long bytes) {
                caller.interrupt();
            }
        };

        assertThatThrownBy(() -> uploader.upload(plan, cancelling)).isInstanceOf(InterruptedException.class);

        assertThat(entries()).isEmpty();
    }

    /** At each call to the store in turn, until one run reaches its end. */
    @Test
    void aCrashInTheMiddleLeavesNothingThatItsMarkerDoesNotName() throws Exception {
        Path file = largeFile("x", 1);
        HadoopGateway hadoop = new HadoopGateway(new HadoopSettings(Map.of(), null, false));
        boolean crashed = true;
        for (int after = 1; crashed; after++) {
            StagingPlan plan = Applications.shared(Applications.identity(after), "file:" + uploads, file);
            crashed = crashes(plan, new CrashingStore(hadoop.open(plan.root()), after));

            assertThat(uploader.delete(new StagedArtifacts(Map.of(), List.of(plan.marker()), 0)))
                    .isEmpty();
            assertThat(entries()).isSubsetOf("spark-upload-condemned");
        }
    }

    private boolean crashes(StagingPlan plan, CrashingStore store) throws Exception {
        try (StoreCalls calls = new StoreCalls(2, StoreCalls.STALL)) {
            new SharedUpload(plan, store, calls, listener, new FileDigests(null, Clock.systemUTC())).run();
            return false;
        } catch (CrashingStore.Crash e) {
            return true;
        }
    }

    @Test
    void oneLargeFileNeedsTwoMarkers() throws Exception {
        Path file = largeFile("x", 1);
        StagingPlan plan = Applications.shared(Applications.identity(1), "file:" + uploads, file);
        List<String> written = new ArrayList<>();
        UploadStore store = new CrashingStore(new LocalStore(), Integer.MAX_VALUE) {
            @Override
            public void write(String path, boolean fresh, Content content) throws IOException {
                written.add(path);
                super.write(path, fresh, content);
            }
        };
        try (StoreCalls calls = new StoreCalls(2, StoreCalls.STALL)) {
            new SharedUpload(plan, store, calls, listener, new FileDigests(null, Clock.systemUTC())).run();
        }

        assertThat(written).filteredOn(path -> path.equals(plan.marker())).hasSize(2);
        UploadMarker marker = UploadMarker.parse(
                        Files.readAllBytes(Path.of(plan.marker().substring("file:".length()))))
                .orElseThrow();
        assertThat(marker.complete()).isTrue();
        assertThat(marker.knownTimes().keySet()).containsExactlyElementsOf(sharedFolders());
    }
}
