package io.jenkins.plugins.sparkk8s.jenkins.log;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
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

/** What has been told of an application, in a small file beside the build's log, since it changes more often than the build. */
public final class CheckpointFile {
    private static final Logger LOGGER = Logger.getLogger(CheckpointFile.class.getName());

    private final Path file;

    /**
     * @param told what the log tells
     * @param place in the log up to which it does so
     * @param more lines before that place that were not told of by then, see {@link ResumedLog#rest}
     */
    public record Checkpoint(MonitorCheckpoint told, long place, List<String> more) {}

    CheckpointFile(Path directory, String applicationId) {
        this.file = directory.resolve("spark-" + applicationId + ".checkpoint");
    }

    public static CheckpointFile of(Run<?, ?> run, ApplicationRecord record) {
        return new CheckpointFile(run.getRootDir().toPath(), record.id());
    }

    /** Empty when nothing was written, or it cannot be understood: then everything is told from the beginning. */
    public Optional<Checkpoint> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            long place = Long.parseLong(lines.get(0));
            return Optional.of(
                    new Checkpoint(MonitorCheckpoint.fromJson(lines.get(1)), place, lines.subList(2, lines.size())));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read; the application is told of from the beginning");
            return Optional.empty();
        }
    }

    public void write(Checkpoint checkpoint) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            List<String> lines = new ArrayList<>();
            lines.add(String.valueOf(checkpoint.place()));
            lines.add(checkpoint.told().toJson());
            lines.addAll(checkpoint.more());
            Files.write(fresh, lines);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> file + " cannot be written");
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
