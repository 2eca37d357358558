package io.jenkins.plugins.sparkk8s.staging.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangedFileTest {
    private static final int MIB = Digests.BLOCK_BYTES;
    private static final RangedFile.Check NONE = () -> {};

    @TempDir
    Path temporary;

    private final AtomicLong reported = new AtomicLong();
    private byte[] bytes;
    private Path source;
    private RangedFile file;

    @BeforeEach
    void write() throws IOException {
        bytes = new byte[5 * MIB + 12_345];
        new Random(5).nextBytes(bytes);
        source = Files.write(temporary.resolve("a.bin"), bytes);
        file = new RangedFile(source, bytes.length, reported::addAndGet);
    }

    private byte[] read(long offset, long length) throws IOException {
        try (InputStream in = file.open(offset, length, NONE)) {
            return in.readAllBytes();
        }
    }

    private String expected() throws IOException {
        return new FileDigests(null, Clock.systemUTC())
                .of(source, new FileReading(Runnable::run, () -> {}))
                .digest();
    }

    @Test
    void rangesInAnyOrderAndOnSeveralThreadsHaveTheDigestOfTheFile() throws Exception {
        IntStream.of(2, 0, 1).parallel().forEach(i -> {
            long offset = 2L * MIB * i;
            long length = Math.min(2 * MIB, bytes.length - offset);
            try {
                assertThat(read(offset, length))
                        .isEqualTo(Arrays.copyOfRange(bytes, (int) offset, (int) (offset + length)));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });

        assertThat(file.digest()).isEqualTo(expected());
        assertThat(reported).hasValue(bytes.length);
    }

    @Test
    void reportsNoByteTwiceWhenARangeIsReadAgain() throws Exception {
        try (InputStream in = file.open(0, 2 * MIB, NONE)) {
            in.readNBytes(MIB + 1000);
        }
        assertThat(reported).hasValue(MIB + 1000);
        try (InputStream in = file.open(0, 2 * MIB, NONE)) {
            in.readNBytes(MIB);
            assertThat(reported).hasValue(MIB + 1000);
            in.readAllBytes();
        }
        read(0, 2 * MIB);

        assertThat(reported).hasValue(2 * MIB);
    }

    @Test
    void digestsWhatWasReadLast() throws Exception {
        read(0, bytes.length);
        bytes[MIB + 1]++;
        Files.write(source, bytes);
        read(0, 4 * MIB);

        assertThat(file.digest()).isEqualTo(expected());
    }

    /** By then the reader lacks bytes that it has announced, so that it cannot have published them. */
    @Test
    void givesOutTheLastBytesOfAWholeFileOnlyAfterItsCheck() throws Exception {
        AtomicLong read = new AtomicLong();
        RangedFile.Check refusal = () -> {
            throw new IOException("another content");
        };
        try (InputStream in = file.open(0, bytes.length, refusal)) {
            assertThatThrownBy(() -> {
                        while (in.read() >= 0) {
                            read.incrementAndGet();
                        }
                    })
                    .hasMessage("another content");
        }
        assertThat(read.get()).isPositive().isLessThan(bytes.length);
        assertThatThrownBy(() -> read(0, MIB)).as("no repeat").hasMessage("another content");
        assertThatThrownBy(() -> file.requireSound()).hasMessage("another content");
    }

    @Test
    void refusesAFileThatHasBecomeShorter() throws Exception {
        try (RandomAccessFile shorter = new RandomAccessFile(source.toFile(), "rw")) {
            shorter.setLength(3 * MIB);
        }
        read(0, 2 * MIB);

        assertThatThrownBy(() -> read(2 * MIB, 2 * MIB)).hasMessageContaining("a.bin changed while it was uploaded");
        assertThatThrownBy(() -> file.digest()).isInstanceOf(IllegalStateException.class);
    }
}
