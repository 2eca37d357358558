package io.jenkins.plugins.sparkk8s.staging.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Digests of local files, as {@link Digests} defines them, remembered from one submission to the next in a small file, so that an unchanged jar is not
 * read again. Used by several threads.
 *
 * <p>A file that changed less than two seconds before it was read is not remembered: its next change could have the
 * same time.
 */
public final class FileDigests {
    private static final Logger LOGGER = Logger.getLogger(FileDigests.class.getName());
    private static final Duration SETTLED = Duration.ofSeconds(2);
    /** What is remembered; beyond that it starts again. */
    private static final int MOST_ENTRIES = 20_000;

    /** Lines of an earlier version, whose digests were of another kind, do not have the first word. */
    private static final Pattern LINE =
            Pattern.compile("blocks ([0-9a-f]{64}) ([0-9]+) (-?[0-9]+) (-?[0-9]+) ([0-9]+) (.+)");

    private final Path memory;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private volatile boolean changed;

    /** A digest and the state that the file had. */
    private record Known(String digest, FileState state) {}

    /**
     * A file's content at one moment.
     *
     * @param digest 64 hex digits
     */
    public record Content(String digest, FileState state) {}

    /** @param memory the file that remembers; null to remember nothing */
    public FileDigests(Path memory, Clock clock) {
        this.memory = memory;
        this.clock = clock;
        if (memory != null) {
            load();
        }
    }

    /**
     * @throws IOException when it cannot be read, or changes meanwhile
     */
    public Content of(Path file, FileReading reading) throws IOException {
        FileState before = FileState.of(file);
        Known last = known.get(file.toString());
        if (last != null && last.state().equals(before)) {
            return new Content(last.digest(), before);
        }
        long began = clock.millis();
        BlockReader reader = new BlockReader(
                file, before.size(), null, bytes -> reading.progressed().run());
        Content content = new Content(reader.run(reading.helpers()), before);
        requireUnchanged(file, before);
        learn(file, content, began);
        return content;
    }

    /** Empty when the file would have to be read. */
    public Optional<Content> remembered(Path file) throws IOException {
        Known last = known.get(file.toString());
        return last == null || !last.state().equals(FileState.of(file))
                ? Optional.empty()
                : Optional.of(new Content(last.digest(), last.state()));
    }

    /** Milliseconds since 1970. */
    public long now() {
        return clock.millis();
    }

    /** @param began when the file began to be read, by {@link #now} */
    public void learn(Path file, Content content, long began) {
        if (content.state().newest() < (began - SETTLED.toMillis()) * 1_000_000) {
            known.put(file.toString(), new Known(content.digest(), content.state()));
            changed = true;
        }
    }

    /** @throws IOException when the file is not as it was */
    public static void requireUnchanged(Path file, FileState before) throws IOException {
        if (!FileState.of(file).equals(before)) {
            throw changed(file);
        }
    }

    public static IOException changed(Path file) {
        return new ChangedFileException(
                "the file %s changed while it was uploaded; have it written before the submission begins"
                        .formatted(file));
    }

    /** A file was not the same from its first to its last byte. */
    static final class ChangedFileException extends IOException {
        private static final long serialVersionUID = 1L;

        ChangedFileException(String message) {
            super(message);
        }
    }

    private void load() {
        try {
            if (!Files.isRegularFile(memory)) {
                return;
            }
            for (String line : Files.readAllLines(memory)) {
                Matcher entry = LINE.matcher(line);
                if (entry.matches()) {
                    known.put(entry.group(6), new Known(entry.group(1), state(entry)));
                }
            }
        } catch (IOException | NumberFormatException e) {
            LOGGER.log(Level.FINE, e, () -> "Checksums are computed again, since this cannot be read: " + memory);
            known.clear();
        }
    }

    private static FileState state(Matcher entry) {
        return new FileState(
                Long.parseLong(entry.group(2)),
                Long.parseLong(entry.group(3)),
                Long.parseLong(entry.group(4)),
                Long.parseLong(entry.group(5)));
    }

    /** Writes what has been learned; a memory that cannot be written costs time later and nothing else. */
    public void remember() {
        if (memory == null || !changed) {
            return;
        }
        changed = false;
        try {
            Path folder = Objects.requireNonNull(memory.toAbsolutePath().getParent(), "memory is a file");
            Files.createDirectories(folder);
            Path written = Files.createTempFile(folder, "digests", ".tmp");
            try {
                Files.write(written, lines());
                replace(written);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "Checksums are not remembered, since this cannot be written: " + memory);
        }
    }

    private void replace(Path written) throws IOException {
        try {
            Files.move(written, memory, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(written, memory, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private List<String> lines() {
        return known.entrySet().stream()
                .filter(entry -> entry.getKey().lines().count() == 1)
                .limit(MOST_ENTRIES)
                .map(entry -> {
                    FileState state = entry.getValue().state();
                    return "blocks %s %d %d %d %d %s"
                            .formatted(
                                    entry.getValue().digest(),
                                    state.size(),
                                    state.modified(),
                                    state.changed(),
                                    state.inode(),
                                    entry.getKey());
                })
                .collect(Collectors.toList());
    }
}
