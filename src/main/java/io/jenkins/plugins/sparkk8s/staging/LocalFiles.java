package io.jenkins.plugins.sparkk8s.staging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** What a file or folder of the submitter holds; links are followed, as Hadoop does when it copies. */
final class LocalFiles {
    private static final Logger LOGGER = Logger.getLogger(LocalFiles.class.getName());

    private LocalFiles() {}

    /**
     * The path itself and everything below it, folders before what they hold.
     *
     * @throws IOException when something cannot be read, or a link leads back to a folder it is in
     */
    static List<Path> below(Path path) throws IOException {
        try (Stream<Path> found = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
            return found.toList();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof FileSystemLoopException loop) {
                throw new IOException(
                        "the link %s leads back to a folder it is in; remove it.".formatted(loop.getFile()), loop);
            }
            throw e.getCause();
        }
    }

    /** Bytes in all, for the progress alone; 0 when that cannot be told, since uploading will then say why. */
    static long size(Path path) {
        try {
            long bytes = 0;
            for (Path file : below(path)) {
                bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
            }
            return bytes;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "No size of " + path);
            return 0;
        }
    }
}
