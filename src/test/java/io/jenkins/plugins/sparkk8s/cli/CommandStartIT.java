package io.jenkins.plugins.sparkk8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command starts from its class-data archive, and without it all the same. */
class CommandStartIT {
    private static final String MAIN = "io.jenkins.plugins.sparkk8s.cli.Main source:";
    private static final String FROM_ARCHIVE = "shared objects file (top)";

    @TempDir
    Path home;

    private record Result(int status, String out, String err, List<String> classes) {
        boolean startedFromArchive() {
            return classes.stream().anyMatch(line -> line.contains(MAIN) && line.contains(FROM_ARCHIVE));
        }
    }

    /** A checkout of its own, so that its archive can be spoilt. */
    @BeforeEach
    void linkWhatWasBuilt() throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("target"));
        Files.copy(Path.of("bin/spark-k8s-submit"), home.resolve("bin/spark-k8s-submit"));
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            for (Path file : built.toList()) {
                String name = file.getFileName().toString();
                if (name.equals("lib") || name.endsWith(".jar")) {
                    Files.createSymbolicLink(home.resolve("target").resolve(name), file.toAbsolutePath());
                }
            }
        }
    }

    private Result version(Path command) throws IOException, InterruptedException {
        Path log = home.resolve("classes");
        ProcessBuilder builder = new ProcessBuilder(command.toAbsolutePath().toString(), "--version")
                .redirectOutput(home.resolve("out").toFile())
                .redirectError(home.resolve("err").toFile());
        builder.environment().put("SPARK_K8S_SUBMIT_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Result(
                process.exitValue(),
                Files.readString(home.resolve("out")),
                Files.readString(home.resolve("err")),
                Files.readAllLines(log));
    }

    @Test
    void startsFromTheArchiveOfTheBuild() throws Exception {
        Result result = version(Path.of("bin/spark-k8s-submit"));

        assertThat(result.status()).isZero();
        assertThat(result.startedFromArchive()).isTrue();
    }

    @Test
    void startsWithoutAnArchive() throws Exception {
        assertStartsAsUsual(version(home.resolve("bin/spark-k8s-submit")));
    }

    @Test
    void startsInSilenceWhenTheArchiveIsDamaged() throws Exception {
        Files.writeString(home.resolve("target/spark-k8s-submit.jsa"), "not an archive");

        assertStartsAsUsual(version(home.resolve("bin/spark-k8s-submit")));
    }

    /** As after the command was built anew and the archive was not. */
    @Test
    void startsInSilenceWhenTheArchiveIsOfAnotherJar() throws Exception {
        Files.copy(Path.of("target/spark-k8s-submit.jsa"), home.resolve("target/spark-k8s-submit.jsa"));
        try (Stream<Path> built = Files.list(home.resolve("target"))) {
            for (Path jar : built.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".jar"))
                    .toList()) {
                Path original = jar.toRealPath();
                Files.delete(jar);
                Files.copy(original, jar);
            }
        }

        assertStartsAsUsual(version(home.resolve("bin/spark-k8s-submit")));
    }

    private static void assertStartsAsUsual(Result result) {
        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("spark-k8s-submit ").hasLineCount(1);
        assertThat(result.err()).isEmpty();
        assertThat(result.startedFromArchive()).isFalse();
    }
}
