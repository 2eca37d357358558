package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.staging.store.Connectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads by Google's client, which an administrator has put in the folder of connectors, to a server that knows its protocol. */
@Timeout(180)
class GoogleUploadIT {
    private static final String ROOT = "gs://%s/up".formatted(GoogleServer.BUCKET);
    private static final Path CONNECTORS = Path.of("target", "connectors").toAbsolutePath();

    @TempDir
    Path temporary;

    private Path files;
    private GoogleServer server;

    @BeforeEach
    void start() throws Exception {
        server = new GoogleServer();
        files = Files.createDirectory(temporary.toRealPath().resolve("files"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void randomFile(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Files.write(files.resolve(name), content);
    }

    /** @return the lines that the process prints */
    private List<String> run(String what) throws Exception {
        return run(what, ROOT, server.accountKey());
    }

    private List<String> run(String what, String root, String key) throws Exception {
        Path keyFile = Files.writeString(temporary.resolve("key.json"), key);
        Path log = temporary.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.config.file=src/test/logging.properties",
                "-Dhttps.proxyHost=127.0.0.1",
                "-Dhttps.proxyPort=" + server.proxy().port(),
                "-Djavax.net.ssl.trustStore=" + server.trustStore(temporary),
                "-Djavax.net.ssl.trustStorePassword=changeit",
                "-cp",
                System.getProperty("java.class.path"),
                GoogleUploads.class.getName(),
                what,
                root,
                keyFile.toString(),
                files.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(log.toFile()).redirectErrorStream(true);
        builder.environment().put(Connectors.FOLDER, CONNECTORS.toString());
        builder.start().waitFor();
        try (Stream<String> lines = Files.lines(log)) {
            return lines.toList();
        }
    }

    @Test
    void arrivesIntactOnce() throws Exception {
        randomFile("big.bin", 20 * 1024 * 1024);
        randomFile("my 100% file.txt", 10);
        randomFile("empty", 0);

        assertThat(run("upload")).containsExactly("bytes 20971530", "bytes 0");

        for (String name : List.of("big.bin", "my 100% file.txt", "empty")) {
            byte[] expected = Files.readAllBytes(files.resolve(name));
            assertThat(server.files()).anySatisfy((path, bytes) -> {
                assertThat(path).endsWith("/" + name);
                assertThat(bytes).isEqualTo(expected);
            });
        }
    }

    /** A folder is no shared one here: objects are moved one by one, so that it could be seen while it is half there. */
    @Test
    void isRemovedAtTheEnd() throws Exception {
        randomFile("a.bin", 10);
        Files.createDirectory(files.resolve("conf"));
        Files.writeString(files.resolve("conf").resolve("b.txt"), "b");

        assertThat(run("remove")).containsExactly("bytes 11", "bytes 1", "not removed []", "not removed []");

        assertThat(server.files()).isEmpty();
    }

    @Test
    void losesAndLeavesNothingInARaceOfBuildsCrashesAndControllers() throws Exception {
        assertThat(run("race")).singleElement().asString().matches("checked [1-9][0-9]+, lost 0, left \\[\\]");
    }

    @Test
    void reportsAKeyThatGoogleRefusesWithoutShowingIt() throws Exception {
        randomFile("a.bin", 10);
        String key = server.accountKey(KeyPairGenerator.getInstance("RSA").generateKeyPair());

        List<String> lines = run("upload", ROOT, key);

        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("refused: ")
                .contains(ROOT)
                .doesNotContain("PRIVATE");
    }

    @Test
    void reportsAMissingBucket() throws Exception {
        randomFile("a.bin", 10);

        List<String> lines = run("upload", "gs://nowhere/up", server.accountKey());

        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("refused: ")
                .contains("there is no bucket for gs://nowhere/up");
    }

    @Test
    void reportsMissingPermission() throws Exception {
        randomFile("a.bin", 10);
        server.refuse();

        assertThat(run("upload"))
                .singleElement()
                .asString()
                .startsWith("refused: ")
                .contains("the credentials have no permission to list or to write " + ROOT);
    }

    /** Google's client does not repeat what was lost with a connection; the build's {@code retry} does. */
    @Test
    void reportsAConnectionThatWasCutAndLeavesNothingBehind() throws Exception {
        randomFile("a.bin", 3 * 1024 * 1024);
        server.proxy().cut(1, 1024 * 1024);

        assertThat(run("upload"))
                .singleElement()
                .asString()
                .startsWith("failed: ")
                .contains("the connection to %s was cut while a file was sent".formatted(ROOT));
        assertThat(server.files()).isEmpty();
    }

    @Test
    void givesUpASilentServerWithinAMinute() throws Exception {
        randomFile("a.bin", 10);
        server.proxy().silent();
        long before = System.nanoTime();

        assertThat(run("upload"))
                .singleElement()
                .asString()
                .startsWith("failed: ")
                .contains("gs://");

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(75));
    }
}
