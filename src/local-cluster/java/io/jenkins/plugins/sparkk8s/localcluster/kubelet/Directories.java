package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Deletes directories of the cluster while processes in them may still be ending. */
public final class Directories {

    private static final Logger LOGGER = Logger.getLogger(Directories.class.getName());

    private static final int ATTEMPTS = 10;
    private static final long ATTEMPT_MILLIS = 100;

    private Directories() {}

    /**
     * Deletes {@code directory} with all in it; symbolic links are not followed. Tries again for a second while files
     * still appear, as a process may be ending; what cannot be deleted then stays.
     */
    public static void delete(Path directory) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                if (Files.exists(directory)) {
                    Files.walkFileTree(directory, new Deletion());
                }
                return;
            } catch (IOException e) {
                LOGGER.log(Level.FINE, e, () -> "Not all of " + directory + " could be deleted");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(ATTEMPT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
