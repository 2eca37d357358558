package io.jenkins.plugins.sparkk8s.application;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a submission takes from the machine it is made on: a few environment variables, the user and local files.
 *
 * <p>It is handed in, so that a controller's own environment never leaks into somebody's application.
 *
 * @param variables the environment variables that may be looked at, such as {@code SPARK_CONF_DIR}
 * @param userName who submits; becomes {@code SPARK_USER} unless that variable is set
 * @param workingDirectory what relative paths are resolved against
 */
public record SubmitterEnvironment(Map<String, String> variables, String userName, Path workingDirectory) {

    public SubmitterEnvironment {
        variables = Map.copyOf(variables);
    }

    /** Without the variables, any of which may be a secret. */
    @Override
    public String toString() {
        return "environment of %s in %s".formatted(userName, workingDirectory);
    }

    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    public Path resolve(String path) {
        return workingDirectory.resolve(path).normalize();
    }

    public boolean isFile(String path) {
        return Files.isRegularFile(resolve(path));
    }

    /** @throws IOException when the file is missing or cannot be read */
    public byte[] read(String path) throws IOException {
        return Files.readAllBytes(resolve(path));
    }
}
