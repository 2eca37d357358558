package io.jenkins.plugins.sparkk8s.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Hadoop's connector to S3 with what it needs, as an image for applications on S3 has it: that of our own command. */
public final class S3Connector {
    private static final Pattern NAME =
            Pattern.compile("(hadoop-aws|httpclient|httpcore|reactive-streams)-[0-9].*\\.jar");

    private S3Connector() {}

    /** What Hadoop's properties must be for it, since it lacks the optional parts that the defaults use. */
    public static Map<String, String> properties() {
        return Map.of("fs.s3a.input.stream.type", "classic", "fs.s3a.audit.enabled", "false");
    }

    /** @param libraries folder with the jars of the command */
    static List<Path> jars(Path libraries) throws IOException {
        try (Stream<Path> jars = Files.list(libraries)) {
            return jars.filter(jar -> NAME.matcher(jar.getFileName().toString()).matches() || isOfTheSdk(jar))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isOfTheSdk(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().anyMatch(entry -> entry.getName().startsWith("software/amazon/awssdk/"));
        } catch (IOException e) {
            throw new IllegalStateException(jar + " cannot be read", e);
        }
    }
}
