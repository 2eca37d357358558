package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.staging.files.PackedFolder;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Folders that must travel as one file, which is made of them while it is sent; here is an empty file of its name for each.
 * The same content gives the same bytes, whenever and wherever it is packed; what is executable stays so.
 */
final class PackedFolders {
    /** End of the name of an archive that holds a Python environment. */
    static final String ENVIRONMENT = ".tar.gz";

    private final SubmitterEnvironment environment;
    private final Path scratch;
    private final Map<Path, PackedFolder> packed = new HashMap<>();
    private int count;

    /** @param scratch where the empty files are made; the caller removes it */
    PackedFolders(SubmitterEnvironment environment, Path scratch) {
        this.environment = environment;
        this.scratch = scratch;
    }

    /** What each of the files stands for that were answered. */
    Map<Path, PackedFolder> packed() {
        return Map.copyOf(packed);
    }

    /**
     * A zip of the folder, named after it, with names relative to it.
     *
     * @param argument the step's argument, for errors
     * @param excludes Ant patterns of what to leave out, besides what Ant always does
     * @throws ConfigurationException when the folder is empty, cannot be read, or has links that lead out of the workspace
     */
    Path zip(String argument, Path folder, List<String> excludes) {
        try {
            List<PackedFolder.Entry> entries = new ArrayList<>();
            for (String name : AntPatterns.files(folder, "**", excludes, below -> {
                environment.requireAllowed(argument, below);
                return true;
            })) {
                Path file = folder.resolve(name);
                environment.requireAllowed(argument, file);
                entries.add(new PackedFolder.Entry(name.replace('\\', '/'), file, Files.isExecutable(file), null));
            }
            return placeholder(argument, folder, ".zip", new PackedFolder(entries, FolderArchives::zip));
        } catch (IOException e) {
            throw unreadable(argument, folder, e);
        }
    }

    /**
     * A virtual environment of Python as a tar, which unlike a zip has its links: that to the interpreter leads to the one
     * of the image. Everything else becomes a zip.
     */
    Path archive(String argument, Path folder) {
        if (!PythonEnvironment.is(folder)) {
            return zip(argument, folder, List.of());
        }
        try {
            List<PackedFolder.Entry> entries = new ArrayList<>();
            Files.walkFileTree(folder, new EnvironmentFiles(folder, entries));
            entries.sort(Comparator.comparing(PackedFolder.Entry::name));
            return placeholder(argument, folder, ENVIRONMENT, new PackedFolder(entries, FolderArchives::tarGz));
        } catch (IOException e) {
            throw unreadable(argument, folder, e);
        }
    }

    /** Finds what an environment consists of, but what Python would compile again. */
    private static final class EnvironmentFiles extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final List<PackedFolder.Entry> found;

        EnvironmentFiles(Path folder, List<PackedFolder.Entry> found) {
            this.folder = folder;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return directory.endsWith("__pycache__") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isSymbolicLink() || attributes.isRegularFile()) {
                found.add(entry(folder, file, attributes.isSymbolicLink()));
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private static PackedFolder.Entry entry(Path folder, Path file, boolean link) throws IOException {
        String name = folder.relativize(file).toString().replace('\\', '/');
        return link
                ? new PackedFolder.Entry(
                        name, file, false, Files.readSymbolicLink(file).toString())
                : new PackedFolder.Entry(name, file, Files.isExecutable(file), null);
    }

    private Path placeholder(String argument, Path folder, String suffix, PackedFolder content) throws IOException {
        if (content.entries().isEmpty()) {
            throw new ConfigurationException(
                    "%s names %s, a folder without files. Correct the path.".formatted(argument, folder));
        }
        Path directory = Files.createDirectory(scratch.resolve(String.valueOf(++count)));
        Path file = Files.createFile(directory.resolve(folder.normalize().getFileName() + suffix));
        packed.put(file.toRealPath(), content);
        return file;
    }

    private static ConfigurationException unreadable(String argument, Path folder, IOException e) {
        return new ConfigurationException(
                "%s names %s, which cannot be packed: %s.".formatted(argument, folder, e.getMessage()));
    }
}
