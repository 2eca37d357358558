package io.jenkins.plugins.sparkk8s.staging.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {
    /** In a minute, so that a file that was written now has settled. */
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));

    @TempDir
    Path temporary;

    private final AtomicInteger reads = new AtomicInteger();
    private Path memory;
    private Path file;

    @BeforeEach
    void makeFile() throws IOException {
        memory = temporary.resolve("cache/digests");
        file = Files.writeString(temporary.resolve("my app.jar"), "alpha");
    }

    private String digest(Clock clock) throws IOException {
        FileDigests digests = new FileDigests(memory, clock);
        String digest = digests.of(file, new FileReading(Runnable::run, reads::incrementAndGet))
                .digest();
        digests.remember();
        return digest;
    }

    @Test
    void readsUnchangedFileOnce() throws Exception {
        String first = digest(LATER);

        assertThat(digest(LATER)).isEqualTo(first).isEqualTo(ExpectedDigest.of("alpha"));
        assertThat(reads).hasValue(1);
    }

    @Test
    void readsChangedFileAgainThoughSizeAndTimeAreTheSame() throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        String first = digest(LATER);
        Files.writeString(file, "gamma");
        Files.setLastModifiedTime(file, time);

        assertThat(digest(LATER)).isNotEqualTo(first);
    }

    @Test
    void readsAgainAFileThatReplacedAnother() throws IOException {
        String first = digest(LATER);
        Path other = Files.writeString(temporary.resolve("other"), "gamma");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(digest(LATER)).isNotEqualTo(first);
    }

    @Test
    void doesNotRememberAFileThatHasJustChanged() throws IOException {
        digest(Clock.systemUTC());

        assertThat(memory).doesNotExist();
        digest(Clock.systemUTC());
        assertThat(reads).hasValue(2);
    }

    @Test
    void doesWithoutAMemoryThatCannotBeRead() throws Exception {
        Files.createDirectories(memory.getParent());
        Files.write(memory, new byte[] {(byte) 0xff, 0, '\n'});

        assertThat(digest(LATER)).isEqualTo(ExpectedDigest.of("alpha"));
    }

    @Test
    void doesNotTakeADigestOfAnEarlierVersionForOneOfThese() throws Exception {
        String first = digest(LATER);
        String line = Files.readString(memory);
        Files.writeString(memory, line.replace("blocks ", ""));

        assertThat(digest(LATER)).isEqualTo(first);
        assertThat(reads).hasValue(2);
    }
}
