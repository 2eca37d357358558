package io.jenkins.plugins.sparkk8s.staging.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder that is mounted here. Hadoop's own access to it would start a process for each file that it makes, to set its
 * permissions.
 */
public final class LocalStore implements UploadStore {

    /** Whether a location is on this machine: {@code file:}, or a path. */
    public static boolean has(String location) {
        return location.startsWith("/") || location.regionMatches(true, 0, "file:", 0, "file:".length());
    }

    /** As Hadoop reads it: nothing in it is escaped, and a file system of another host is none. */
    private static Path path(String location) throws IOException {
        String path = location.startsWith("/") ? location : location.substring("file:".length());
        if (path.startsWith("//") && !path.startsWith("///")) {
            throw new IOException(
                    "%s names a host after file://, which no folder of this machine has".formatted(location));
        }
        return Path.of(path);
    }

    @Override
    public Publication publication() {
        return Publication.MOVED_FOLDER;
    }

    @Override
    public Optional<StoredFile> find(String path) throws IOException {
        return stored(path(path));
    }

    private static Optional<StoredFile> stored(Path path) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(new StoredFile(
                    name(path),
                    found.isDirectory(),
                    found.isDirectory() ? 0 : found.size(),
                    found.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<StoredFile> list(String folder) throws IOException {
        List<StoredFile> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(path(folder))) {
            for (Path entry : entries.toList()) {
                stored(entry).ifPresent(found::add);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        return found;
    }

    @Override
    public byte[] read(String path, int most) throws IOException {
        try (InputStream in = Files.newInputStream(path(path))) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IOException("%s has more than %d bytes".formatted(path, most));
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw (FileNotFoundException) new FileNotFoundException(path).initCause(e);
        }
    }

    @Override
    public void write(String path, boolean fresh, Content content) throws IOException {
        Path target = path(path);
        requireName(target);
        Files.createDirectories(Objects.requireNonNullElse(target.getParent(), target));
        Set<StandardOpenOption> options = fresh
                ? Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)
                : Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        FileChannel file = FileChannel.open(target, options);
        boolean complete = false;
        try {
            // A mounted folder may say at the end only that it is full.
            try (file) {
                content.writeTo(file);
            }
            complete = true;
        } finally {
            if (!complete) {
                Files.deleteIfExists(target);
            }
        }
    }

    /** The driver's Hadoop would take it for a URI. */
    private static void requireName(Path target) throws IOException {
        if (name(target).contains(":")) {
            throw new IOException(
                    "%s is not a name that the file system accepts; rename the file.".formatted(name(target)));
        }
    }

    /** Empty for the root. */
    private static String name(Path path) {
        return Objects.toString(path.getFileName(), "");
    }

    @Override
    public void makeFolder(String folder) throws IOException {
        Files.createDirectories(path(folder));
    }

    @Override
    public boolean move(String folder, String target) throws IOException {
        Path to = path(target);
        try {
            Files.move(path(folder), to);
            return true;
        } catch (FileSystemException e) {
            // Also "Directory not empty", which has no class of its own when the other was faster by little.
            if (Files.exists(to)) {
                return false;
            }
            throw e;
        }
    }

    /** Others may remove the same at the same time. */
    @Override
    public boolean delete(String path) throws IOException {
        Path root = path(path);
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Files.walkFileTree(root, new Removal());
        return true;
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException reason) throws IOException {
            return continueWithout(reason);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException reason) throws IOException {
            if (reason != null) {
                return continueWithout(reason);
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }

    private static FileVisitResult continueWithout(IOException reason) throws IOException {
        if (reason instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw reason;
    }

    @Override
    public void close() {}
}
