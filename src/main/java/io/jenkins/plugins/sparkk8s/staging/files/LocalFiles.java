package io.jenkins.plugins.sparkk8s.staging.files;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** What a file or folder of the submitter holds; links are followed, as Hadoop does when it copies. */
public final class LocalFiles {
    private static final Logger LOGGER = Logger.getLogger(LocalFiles.class.getName());

    private LocalFiles() {}

    /**
     * The path itself and everything below it, folders before what they hold.
     *
     * @throws IOException when something cannot be read, or a link leads back to a folder it is in
     */
    public static List<Path> below(Path path) throws IOException {
        List<Path> found = new ArrayList<>();
        visit(path, found::add);
        return found;
    }

    /**
     * As {@link #below}, one after the other.
     *
     * @param visitor receives each folder before it is listed
     */
    public static void visit(Path path, Consumer<Path> visitor) throws IOException {
        Files.walkFileTree(path, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                visitor.accept(folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                visitor.accept(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException reason) throws IOException {
                if (reason instanceof FileSystemLoopException loop) {
                    throw new IOException(
                            "the link %s leads back to a folder it is in; remove it.".formatted(loop.getFile()), loop);
                }
                throw reason;
            }
        });
    }

    public static boolean isEmptyFolder(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /** Bytes in all, for the progress alone; 0 when that is unknown, since uploading will then say why. */
    public static long size(Path path) {
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
