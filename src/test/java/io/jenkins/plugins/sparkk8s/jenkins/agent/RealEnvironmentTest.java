package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A virtual environment that Python has made is packed, unpacked as Spark does it, and used where it never was before. */
@Timeout(180)
class RealEnvironmentTest extends WorkspaceCase {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private String output(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(home, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8).strip();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private static Path only(Path folder, String pattern) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(path -> path.toString().endsWith(pattern))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void itsInterpreterFindsItsPackagesOnAnExecutor() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON), "needs Python");
        Path environment = workspace.root().resolve("venv");
        output(home, List.of(PYTHON.toString(), "-m", "venv", "--without-pip", environment.toString()));
        Path packages = only(environment.resolve("lib"), "site-packages");
        Files.createDirectories(packages.resolve("acme"));
        Files.writeString(packages.resolve("acme/__init__.py"), "from acme.answer import ANSWER\n");
        Files.writeString(packages.resolve("acme/answer.py"), "ANSWER = 42\n");
        // Compiles it, as an installation does.
        output(home, List.of(environment.resolve("bin/python").toString(), "-c", "import acme"));

        workspace.stage(request()
                .conf("spark.pyspark.python", "./environment/bin/python")
                .files("archives", "venv/#environment"));

        Path executor = Files.createDirectory(home.resolve("executor"));
        Path unpacked = Files.createDirectory(executor.resolve("environment"));
        FileUtil.unTar(only(workspace.uploads(), "venv.tar.gz").toFile(), unpacked.toFile());
        FileUtil.fullyDelete(environment.toFile());
        assertThat(output(
                        executor,
                        List.of(
                                "./environment/bin/python",
                                "-c",
                                "import acme, sys; print(acme.ANSWER, acme.__file__, sys.prefix)")))
                .isEqualTo("42 %s/acme/__init__.py %s"
                        .formatted(unpacked.resolve(environment.relativize(packages)), unpacked));
    }
}
