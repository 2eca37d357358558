package io.jenkins.plugins.sparkk8s.application;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** A file of Spark properties, in the format of {@link Properties}, UTF-8 ({@code Utils.getPropertiesFromFile}). */
public final class PropertiesFile {
    private PropertiesFile() {}

    /**
     * The properties, keys that are not Spark's among them.
     *
     * @throws ConfigurationException when the file cannot be read as properties
     */
    public static Map<String, String> read(Path file) {
        return read(file.toString(), () -> Files.newBufferedReader(file, StandardCharsets.UTF_8));
    }

    /**
     * As {@link #read(Path)}, also from another file system.
     *
     * @param argument that names the file
     */
    public static Map<String, String> read(SubmitterEnvironment environment, String argument, String location) {
        if (!ResourceUri.resolve(location, environment.workingDirectory()).isRemote()) {
            return read(environment.resolve(location));
        }
        byte[] content = environment.remote().read(argument, location);
        return read(
                location,
                () -> new InputStreamReader(new ByteArrayInputStream(content), StandardCharsets.UTF_8.newDecoder()));
    }

    private interface Source {
        Reader open() throws IOException;
    }

    private static Map<String, String> read(String name, Source source) {
        Properties properties = new Properties();
        try (Reader reader = source.open()) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException("The properties file %s cannot be read: %s. Correct the file or its path."
                    .formatted(name, reason(e)));
        }
        Map<String, String> trimmed = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> trimmed.put(key, trim(properties.getProperty(key))));
        return trimmed;
    }

    private static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        return e.getMessage().replaceFirst("[.]+$", "");
    }

    /** Line ends stay: a value may consist of one, such as a delimiter. */
    private static String trim(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && blank(value.charAt(start))) {
            start++;
        }
        while (end > start && blank(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    private static boolean blank(char c) {
        return c <= ' ' && c != '\r' && c != '\n';
    }
}
