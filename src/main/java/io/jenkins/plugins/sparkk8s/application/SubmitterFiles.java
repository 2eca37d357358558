package io.jenkins.plugins.sparkk8s.application;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads files that a configuration names and that the submitter has; what it cannot read becomes a sentence about the key. */
public final class SubmitterFiles {
    private static final Pattern FILE_URI = Pattern.compile("(?i)file:");

    private SubmitterFiles() {}

    /**
     * The content of the file that a key names.
     *
     * @throws ConfigurationException when it is on another file system, is missing or cannot be read
     */
    public static byte[] read(SubmitterEnvironment environment, String key, String location) {
        Path path = environment.workingDirectory().resolve(localPath(environment, key, location));
        environment.requireAllowed(key, path);
        return read(key, path);
    }

    /**
     * As {@link #read(SubmitterEnvironment, String, String)}, for a key whose value Spark takes as a path, never as a URI.
     *
     * @throws ConfigurationException also when it is a URI
     */
    public static byte[] readPath(SubmitterEnvironment environment, String key, String path) {
        if (FILE_URI.matcher(path).lookingAt()) {
            throw new ConfigurationException(
                    "%s is %s, but must be a path, not a URI. Leave the scheme out.".formatted(key, path));
        }
        return read(environment, key, path);
    }

    /** As {@link #read(SubmitterEnvironment, String, String)}, for a file that was found in a directory. */
    public static byte[] read(String key, Path path) {
        if (!Files.isRegularFile(path)) {
            throw new ConfigurationException(
                    "%s names %s, which does not exist or is not a file. Correct the path.".formatted(key, path));
        }
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new ConfigurationException("%s names %s, which cannot be read (%s). Check its permissions."
                    .formatted(key, path, e.getClass().getSimpleName()));
        }
    }

    /** As {@link #read(SubmitterEnvironment, String, String)}, for a file of text. */
    public static String readText(SubmitterEnvironment environment, String key, String location) {
        return text(key, location, read(environment, key, location));
    }

    /** As {@link #readText(SubmitterEnvironment, String, String)}, also from another file system. */
    public static String readTextAnywhere(SubmitterEnvironment environment, String key, String location) {
        return ResourceUri.resolve(location, environment.workingDirectory()).isRemote()
                ? text(key, location, environment.remote().read(key, location))
                : readText(environment, key, location);
    }

    /** The text of a file that was found in a directory. */
    public static String readText(String key, Path path) {
        return text(key, path, read(key, path));
    }

    private static String text(String key, Object location, byte[] content) {
        return decode(content)
                .orElseThrow(() -> new ConfigurationException(
                        "%s names %s, which is not UTF-8 text. Convert it.".formatted(key, location)));
    }

    /** The last segment of the path that a key names. */
    public static String fileName(SubmitterEnvironment environment, String key, String location) {
        return Path.of(localPath(environment, key, location)).getFileName().toString();
    }

    private static String localPath(SubmitterEnvironment environment, String key, String location) {
        ResourceUri uri = ResourceUri.resolve(location, environment.workingDirectory());
        if (uri.isSubmitterLocal()) {
            return uri.localPath().toString();
        }
        if (uri.isContainerLocal()) {
            return uri.location().substring("local:".length()).replaceFirst("^//", "");
        }
        throw new ConfigurationException("%s names %s, but only a local file can be used here. Copy it to this machine."
                .formatted(key, location));
    }

    /** The text of UTF-8 bytes; empty when they are something else. */
    public static Optional<String> decode(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * The plain files directly in a directory, by name; none when it does not exist.
     *
     * @param variable the environment variable or key that names the directory
     * @throws ConfigurationException when the directory cannot be listed
     */
    public static List<Path> filesIn(SubmitterEnvironment environment, String variable, String directory) {
        Path path = environment.workingDirectory().resolve(directory);
        environment.requireAllowed(variable, path);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, Files::isRegularFile)) {
            entries.forEach(files::add);
            files.forEach(file -> environment.requireAllowed(variable, file));
        } catch (IOException e) {
            throw new ConfigurationException("%s names %s, which cannot be listed (%s). Check its permissions."
                    .formatted(variable, path, e.getClass().getSimpleName()));
        }
        files.sort(null);
        return files;
    }
}
