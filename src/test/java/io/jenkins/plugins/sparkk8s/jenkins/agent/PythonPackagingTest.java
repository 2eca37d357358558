package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Python imports what a step sends: a folder of sources, a wheel and what is installed in a virtual environment. The files are put where Spark
 * puts them in the working directory of an executor, and are read by the Python of this machine, where there is one.
 */
@Timeout(180)
class PythonPackagingTest extends WorkspaceCase {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private Path working;

    @BeforeEach
    void makeEnvironment() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON), "there is no Python");
        assumeTrue(
                run(home, Map.of(), PYTHON.toString(), "-m", "venv", "--without-pip", workspace.root() + "/venv")
                        .isEmpty(),
                "this Python makes no environments");
        working = Files.createDirectory(home.resolve("working"));
    }

    private Path sitePackages() throws IOException {
        try (Stream<Path> versions = Files.list(workspace.root().resolve("venv/lib"))) {
            return versions.findFirst().orElseThrow().resolve("site-packages");
        }
    }

    private void makeWheel(String name) throws IOException {
        try (ZipOutputStream wheel = new ZipOutputStream(Files.newOutputStream(
                Files.createDirectories(workspace.root().resolve("dist")).resolve(name)))) {
            wheel.putNextEntry(new ZipEntry("acme_wheel/__init__.py"));
            wheel.write("rate = 0.25\n".getBytes(StandardCharsets.UTF_8));
            wheel.putNextEntry(new ZipEntry("acme-1.0.dist-info/METADATA"));
            wheel.write("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What it prints, errors too. */
    private static String run(Path directory, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private List<Path> files(PreparedSubmission staged, String key) {
        return Stream.of(staged.preview().properties().get(key).orElseThrow().split(","))
                .map(location -> Path.of(location.replaceFirst("^file:/*", "/").replaceFirst("#.*", "")))
                .toList();
    }

    /** As Spark does for all that is on the Python path of an application. */
    private String pythonPath(PreparedSubmission staged) throws IOException {
        for (Path file : files(staged, "spark.submit.pyFiles")) {
            Files.copy(file, working.resolve(file.getFileName()));
        }
        try (Stream<Path> copied = Files.list(working)) {
            return Stream.concat(
                            Stream.of(working),
                            copied.filter(file -> file.toString().matches(".*\\.(zip|egg|jar)")))
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
        }
    }

    @Test
    void pythonOfTheEnvironmentImportsAllThatWasSent() throws Exception {
        workspace.file("src/report/__init__.py", "");
        workspace.file("src/report/totals.py", "def total(rate, n):\n    return rate * n\n");
        workspace.file("src/report/__pycache__/totals.cpython-311.pyc", "stale");
        workspace.file("single.py", "n = 8\n");
        makeWheel("acme-1.0-py3-none-any.whl");
        Files.writeString(sitePackages().resolve("acme_installed.py"), "unit = 'EUR'\n");
        workspace.file("main.py", """
                import sys
                import acme_installed, acme_wheel, single
                from report.totals import total
                print(total(acme_wheel.rate, single.n), acme_installed.unit, sys.prefix)
                """);

        PreparedSubmission staged = workspace.stage(request()
                .main("main.py", null)
                .files("pyFiles", "src, single.py, dist/*.whl")
                .files("archives", "venv/#environment")
                .conf("spark.pyspark.python", "./environment/bin/python"));

        FileUtil.unTar(
                files(staged, "spark.archives").get(0).toFile(),
                working.resolve("environment").toFile());
        Files.copy(uploaded("main.py"), working.resolve("main.py"));
        Files.move(workspace.root(), home.resolve("elsewhere"));
        assertThat(run(working, Map.of("PYTHONPATH", pythonPath(staged)), "./environment/bin/python", "main.py"))
                .isEqualToIgnoringNewLines("2.0 EUR " + working.resolve("environment"));
    }

    private Path uploaded(String name) throws IOException {
        String found = workspace.uploaded().stream()
                .filter(file -> file.endsWith("/" + name))
                .findFirst()
                .orElseThrow();
        return workspace.uploads().resolve(found);
    }
}
