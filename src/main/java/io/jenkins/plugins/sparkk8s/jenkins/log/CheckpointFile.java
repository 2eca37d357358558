package io.jenkins.plugins.sparkk8s.jenkins.log;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.monitor.MonitorCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What has been reported of an application, in a small file beside the build's log, since it changes more often than the build. */
public final class CheckpointFile {
    private static final Logger LOGGER = Logger.getLogger(CheckpointFile.class.getName());

    private final Path file;

    /**
     * @param reported what the lines so far report
     * @param offset in the log up to which they do so; a hint, since the log itself says what is in it
     * @param number of the last line that is no line of the driver
     * @param pending digests of lines before it that report more, see {@link MarkedLog}
     */
    public record Checkpoint(MonitorCheckpoint reported, long offset, int number, List<Long> pending) {}

    CheckpointFile(Path directory, String applicationId) {
        this.file = directory.resolve("spark-" + applicationId + ".checkpoint");
    }

    public static CheckpointFile of(Run<?, ?> run, ApplicationRecord record) {
        return of(run, record.id());
    }

    /** @param id of the application's record */
    public static CheckpointFile of(Run<?, ?> run, String id) {
        return new CheckpointFile(run.getRootDir().toPath(), id);
    }

    /** Empty when nothing was written, or it cannot be understood: then everything is reported from the beginning. */
    public Optional<Checkpoint> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            return Optional.of(new Checkpoint(
                    MonitorCheckpoint.fromJson(lines.get(2)),
                    Long.parseLong(lines.get(0)),
                    Integer.parseInt(lines.get(1)),
                    lines.subList(3, lines.size()).stream().map(Long::valueOf).toList()));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(
                    Level.WARNING, e, () -> file + " cannot be read; the application is reported from the beginning");
            return Optional.empty();
        }
    }

    public void write(Checkpoint checkpoint) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            List<String> lines = new ArrayList<>();
            lines.add(String.valueOf(checkpoint.offset()));
            lines.add(String.valueOf(checkpoint.number()));
            lines.add(checkpoint.reported().toJson());
            checkpoint.pending().forEach(digest -> lines.add(String.valueOf(digest)));
            Files.write(fresh, lines);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> file + " cannot be written");
        }
    }

    /** From now on it is what has been reported of another record of the same application. */
    public void move(CheckpointFile other) {
        try {
            if (Files.exists(file)) {
                Files.move(file, other.file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING, e, () -> file + " cannot be moved; the application is reported from the beginning");
        }
    }

    /** The application has ended. */
    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> file + " cannot be deleted");
        }
    }
}
