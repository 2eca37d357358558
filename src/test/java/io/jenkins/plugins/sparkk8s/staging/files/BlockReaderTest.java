package io.jenkins.plugins.sparkk8s.staging.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class BlockReaderTest {
    private static final int PIECE = 256 * 1024;
    private static final int BLOCK = 1024 * 1024;

    @TempDir
    Path temporary;

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private Path source;
    private Path target;

    @BeforeEach
    void name() {
        source = temporary.resolve("app.jar");
        target = temporary.resolve("copy.jar");
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private byte[] content(int bytes, int seed) throws IOException {
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        Files.write(source, content);
        return content;
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private String copy(FileChannel out, Executor helpers, BlockReader.Progress progress) throws IOException {
        return new BlockReader(source, Files.size(source), out, progress).run(helpers);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, BLOCK - 1, BLOCK, BLOCK + 1, 4 * BLOCK, 5 * BLOCK + PIECE + 7})
    void writesWhatItDigests(int bytes) throws Exception {
        byte[] content = content(bytes, bytes);

        try (FileChannel out = open()) {
            assertThat(copy(out, threads, read -> {})).isEqualTo(ExpectedDigest.of(content));
        }

        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void losesAndMixesNothingWhateverTheSizeAndTheThreads() throws Exception {
        Random random = new Random(13);
        for (int i = 0; i < 40; i++) {
            byte[] content = content(random.nextInt(6 * BLOCK), i);
            int atOnce = 1 + random.nextInt(PIECE);
            AtomicInteger progress = new AtomicInteger();
            Files.deleteIfExists(target);

            try (FaultyFile out = new FaultyFile(open(), atOnce, Long.MAX_VALUE)) {
                assertThat(copy(out, i % 3 == 0 ? Runnable::run : threads, progress::addAndGet))
                        .isEqualTo(ExpectedDigest.of(content));
            }

            assertThat(target).hasBinaryContent(content);
            assertThat(progress).hasValue(content.length);
        }
    }

    @Test
    void readsHolesAsTheyAre() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
            file.setLength(3 * BLOCK + 5);
            file.seek(2 * BLOCK);
            file.write(7);
        }

        try (FileChannel out = open()) {
            assertThat(copy(out, threads, read -> {})).isEqualTo(ExpectedDigest.of(Files.readAllBytes(source)));
        }

        assertThat(target).hasSameBinaryContentAs(source);
    }

    @Test
    void needsNoHelperAndLetsNoneWorkLater() throws Exception {
        byte[] content = content(5 * BLOCK, 1);
        Queue<Runnable> late = new ArrayDeque<>();

        try (FileChannel out = open()) {
            assertThat(copy(out, late::add, read -> {})).isEqualTo(ExpectedDigest.of(content));
        }

        late.forEach(Runnable::run);
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void aFullDiskEndsAllThreads() throws Exception {
        content(20 * BLOCK, 1);

        try (FaultyFile out = new FaultyFile(open(), PIECE, 3 * BLOCK)) {
            assertThatThrownBy(() -> copy(out, threads, read -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessage("No space left on device");
            assertNothingIsWrittenAnyMore(out);
        }
    }

    private void assertNothingIsWrittenAnyMore(FaultyFile out) throws Exception {
        int writes = out.writes();
        threads.shutdown();
        assertThat(threads.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        assertThat(out.writes()).isEqualTo(writes);
    }

    private interface Change {
        void make(RandomAccessFile file) throws IOException;
    }

    private BlockReader.Progress changing(int piece, Change change) {
        AtomicInteger pieces = new AtomicInteger();
        return read -> {
            if (pieces.incrementAndGet() == piece) {
                try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
                    change.make(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    @Test
    void aFileThatIsCutOffMeanwhileIsAnError() throws Exception {
        content(20 * BLOCK, 1);

        try (FaultyFile out = new FaultyFile(open(), PIECE, Long.MAX_VALUE)) {
            assertThatThrownBy(() -> copy(out, threads, changing(3, file -> file.setLength(10 * BLOCK + 1))))
                    .isInstanceOf(FileDigests.ChangedFileException.class);
            assertNothingIsWrittenAnyMore(out);
        }
    }

    @Test
    void aFileThatGrowsMeanwhileIsAnErrorAndItsEndIsNotWritten() throws Exception {
        content(5 * BLOCK, 1);

        try (FileChannel out = open()) {
            assertThatThrownBy(() -> copy(out, threads, changing(3, file -> file.setLength(5 * BLOCK + 1))))
                    .isInstanceOf(FileDigests.ChangedFileException.class);
        }

        assertThat(target).hasSize(5 * BLOCK);
    }

    @Test
    void anInterruptionEndsAllThreads() throws Exception {
        content(40 * BLOCK, 1);
        Thread caller = Thread.currentThread();

        try (FaultyFile out = new FaultyFile(open(), PIECE, Long.MAX_VALUE)) {
            assertThatThrownBy(() -> copy(out, threads, read -> caller.interrupt()))
                    .isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(out.writes()).isLessThan(40 * 4);
            assertNothingIsWrittenAnyMore(out);
        } finally {
            Thread.interrupted();
        }
    }
}
