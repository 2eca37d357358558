package io.jenkins.plugins.sparkk8s.application;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a submission takes from the machine it is made on: a few environment variables, the user and local files.
 *
 * <p>It is handed in, so that a controller's own environment never leaks into an application.
 *
 * @param variables the environment variables that may be looked at, such as {@code SPARK_CONF_DIR}
 * @param userName who submits; becomes {@code SPARK_USER} unless that variable is set
 * @param workingDirectory what relative paths are resolved against
 * @param files which local files may be read; every reader of a file that the user names asks it first
 * @param remote reads templates and properties on other file systems
 */
public record SubmitterEnvironment(
        Map<String, String> variables,
        String userName,
        Path workingDirectory,
        LocalFileAccess files,
        RemoteFiles remote) {

    public SubmitterEnvironment {
        variables = Map.copyOf(variables);
    }

    /** An environment in which no file of another file system may be read. */
    public SubmitterEnvironment(
            Map<String, String> variables, String userName, Path workingDirectory, LocalFileAccess files) {
        this(variables, userName, workingDirectory, files, RemoteFiles.none());
    }

    /** The same with access to other file systems. */
    public SubmitterEnvironment with(RemoteFiles reader) {
        return new SubmitterEnvironment(variables, userName, workingDirectory, files, reader);
    }

    /** An environment in which every local file may be read. */
    public SubmitterEnvironment(Map<String, String> variables, String userName, Path workingDirectory) {
        this(variables, userName, workingDirectory, LocalFileAccess.unlimited());
    }

    /** Without the variables, any of which may be a secret. */
    @Override
    public String toString() {
        return "environment of %s in %s".formatted(userName, workingDirectory);
    }

    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * The file that a path stands for.
     *
     * @throws ConfigurationException when it may not be read
     */
    public Path resolve(String path) {
        Path resolved = workingDirectory.resolve(path).normalize();
        // Not the normalised path: a link in front of ".." leads elsewhere.
        files.refusal(workingDirectory.resolve(path))
                .or(() -> files.refusal(resolved))
                .ifPresent(reason -> {
                    throw new ConfigurationException("The file is %s, %s".formatted(path, reason));
                });
        return resolved;
    }

    /**
     * Checks that a file may be read.
     *
     * @param key the key or argument that names it, as it should be shown to the user
     * @throws ConfigurationException when it may not
     */
    public void requireAllowed(String key, Path path) {
        files.refusal(path).ifPresent(reason -> {
            throw new ConfigurationException("%s names %s, %s".formatted(key, path, reason));
        });
    }

    /** @throws ConfigurationException when it may not be read */
    public boolean isFile(String path) {
        return Files.isRegularFile(resolve(path));
    }

    /**
     * @throws IOException when the file is missing or cannot be read
     * @throws ConfigurationException when it may not be read
     */
    public byte[] read(String path) throws IOException {
        return Files.readAllBytes(resolve(path));
    }
}
