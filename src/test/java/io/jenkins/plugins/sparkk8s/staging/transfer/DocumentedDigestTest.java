package io.jenkins.plugins.sparkk8s.staging.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user can check the name of a folder with the command that the documentation has. */
@Timeout(180)
class DocumentedDigestTest extends SharedUploadCase {
    private static final int MIB = 1024 * 1024;

    private static String documentedCommand() throws Exception {
        List<String> commands = Files.readAllLines(Path.of("docs/staging.md")).stream()
                .filter(line -> line.contains("--filter=sha256sum app.jar"))
                .toList();
        assertThat(commands).hasSize(1);
        return commands.get(0);
    }

    private String run(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(source.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, MIB, MIB + 1, 5 * MIB + 7})
    void isThatOfCoreutils(int bytes) throws Exception {
        assumeTrue(run("split --help").contains("--filter"), "split has no --filter");
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Path file = Files.write(source.resolve("app.jar"), content);

        upload(1, file);

        String digest = run(documentedCommand()).substring(0, 64);
        assertThat(sharedFolders()).containsExactly("spark-upload-%s-%d".formatted(digest, bytes));
    }
}
