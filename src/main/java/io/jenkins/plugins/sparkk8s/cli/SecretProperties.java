package io.jenkins.plugins.sparkk8s.cli;

import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The properties of {@code --secret-conf}, whose values are in files or environment variables: an argument list is seen
 * by every process of the machine.
 *
 * <p>No error here repeats what stands after the key, as that may be a secret when a user took the option for
 * {@code --conf}.
 */
final class SecretProperties {
    private static final String FILE = "file:";
    private static final String VARIABLE = "env:";

    private final SubmitterEnvironment environment;

    SecretProperties(SubmitterEnvironment environment) {
        this.environment = environment;
    }

    /**
     * The values by key.
     *
     * @param pairs as given, {@code KEY=file:PATH} or {@code KEY=env:NAME}; the last one of a key counts
     * @throws ConfigurationException with one sentence for each that is malformed or has no value
     */
    Map<String, String> read(List<String> pairs) {
        Map<String, String> values = new TreeMap<>();
        Problems problems = new Problems();
        pairs.forEach(pair -> problems.collect(() -> {
            put(pair, values);
        }));
        problems.throwIfAny();
        return values;
    }

    private void put(String pair, Map<String, String> values) {
        int equals = pair.indexOf('=');
        String key = pair.substring(0, Math.max(equals, 0));
        if (!key.startsWith("spark.")) {
            throw new ConfigurationException(
                    "A --secret-conf does not begin with a Spark key. Write --secret-conf spark.some.key=file:PATH or spark.some.key=env:NAME.");
        }
        values.put(key, value(key, pair.substring(equals + 1)));
    }

    private String value(String key, String source) {
        if (source.startsWith(FILE)) {
            return withoutLineEnd(content(key, source.substring(FILE.length())));
        }
        if (source.startsWith(VARIABLE)) {
            return environment
                    .variable(source.substring(VARIABLE.length()))
                    .orElseThrow(() -> new ConfigurationException(
                            "The environment variable that --secret-conf %s=env:… names is not set, or empty. Export it."
                                    .formatted(key)));
        }
        throw new ConfigurationException(
                "--secret-conf %s does not name the source of the value. Write %s=file:PATH or %s=env:NAME; do not put a secret on the command line."
                        .formatted(key, key, key));
    }

    private String content(String key, String path) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(environment.read(path)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unreadable(key, "it is not UTF-8 text", "Use a text file.");
        } catch (NoSuchFileException e) {
            throw unreadable(key, "there is no such file", "Correct the path.");
        } catch (IOException e) {
            throw unreadable(key, e.getClass().getSimpleName(), "Check its permissions.");
        }
    }

    private static ConfigurationException unreadable(String key, String reason, String remedy) {
        return new ConfigurationException(
                "The file that --secret-conf %s=file:… names cannot be read: %s. %s".formatted(key, reason, remedy));
    }

    /** Editors and echo end a file with one; a value that ends with one has two. */
    private static String withoutLineEnd(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
