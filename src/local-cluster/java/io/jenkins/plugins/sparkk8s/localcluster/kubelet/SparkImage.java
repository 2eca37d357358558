package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The one image that the kubelet has: Spark's jars from a class path, the example application, and an entry point that
 * follows the convention of the official image (Spark's {@code docker/src/main/dockerfiles/spark/entrypoint.sh}).
 */
final class SparkImage {

    /** Home of Spark in the image. */
    static final String HOME = "/opt/spark";

    private static final String WORKING_DIRECTORY = HOME + "/work-dir";
    private static final String ENTRY_POINT = "/opt/entrypoint.sh";

    private final Path directory;

    private SparkImage(Path directory) {
        this.directory = directory;
    }

    /**
     * Lays the image out below {@code directory}.
     *
     * @param classPathFile names Spark's jars, separated as in a class path; when it does not exist, the image has none
     * @param exampleJar example application; left out when it does not exist
     * @param more jars beside Spark's; left out where Spark has one of the same name
     * @throws IOException when the directory cannot be written
     */
    static SparkImage prepare(Path directory, Path classPathFile, Path exampleJar, List<Path> more) throws IOException {
        Path jars = Files.createDirectories(directory.resolve("jars"));
        Path examples = Files.createDirectories(directory.resolve("examples/jars"));
        Sandbox.Resources.copy("entrypoint.sh", directory);
        if (Files.exists(classPathFile)) {
            for (String jar : Files.readString(classPathFile).trim().split(File.pathSeparator)) {
                Path source = Path.of(jar).toAbsolutePath();
                Files.createSymbolicLink(jars.resolve(source.getFileName()), source);
            }
        }
        for (Path jar : more) {
            Path link = jars.resolve(jar.getFileName());
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, jar.toAbsolutePath());
            }
        }
        if (Files.exists(exampleJar)) {
            Files.copy(exampleJar, examples.resolve(exampleJar.getFileName()));
        }
        return new SparkImage(directory);
    }

    /** Whether the image of this name is this one: its last path segment begins with {@code spark}. */
    static boolean isPresent(String name) {
        return name.substring(name.lastIndexOf('/') + 1).startsWith("spark");
    }

    /** The host's directory that is {@link #HOME}. */
    Path directory() {
        return directory;
    }

    String workingDirectory(String given) {
        return given == null || given.isEmpty() ? WORKING_DIRECTORY : given;
    }

    /** The process of a container: its own command, else the entry point. */
    List<String> command(List<String> command, List<String> args) {
        List<String> words = new ArrayList<>(command.isEmpty() ? List.of("/bin/bash", ENTRY_POINT) : command);
        words.addAll(args);
        return words;
    }

    /** What the image brings into each container; {@code work} becomes its working directory. */
    List<Mount> mounts(Path work) {
        return List.of(
                new Mount(directory.resolve("jars"), HOME + "/jars", true),
                new Mount(directory.resolve("examples"), HOME + "/examples", true),
                new Mount(directory.resolve("entrypoint.sh"), ENTRY_POINT, true),
                new Mount(work, WORKING_DIRECTORY, false));
    }
}
