package io.jenkins.plugins.sparkk8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        return run(Map.of(), command.toAbsolutePath().toString(), "--version");
    }

    private Result run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path log = home.resolve("classes");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(home.resolve("out").toFile())
                .redirectError(home.resolve("err").toFile());
        builder.environment().put("SPARK_K8S_SUBMIT_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        builder.environment().putAll(environment);
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

    /** Over TLS and with a kubeconfig, as users do. */
    @Test
    void submitsWithTheClassesOfTheArchive() throws Exception {
        try (KubernetesApiServer server = KubernetesApiServer.builder().port(0).start()) {
            Path kubeconfig = Files.writeString(home.resolve("kubeconfig"), server.kubeconfig());
            Result result = run(
                    Map.of("KUBECONFIG", kubeconfig.toString()),
                    "bin/spark-k8s-submit",
                    "--master",
                    "k8s://" + server.url(),
                    "--class",
                    "Main",
                    "--conf",
                    "spark.kubernetes.container.image=spark",
                    "--conf",
                    "spark.kubernetes.submission.waitAppCompletion=false",
                    "local:///opt/application.jar");

            assertThat(result.status()).as(result.err()).isZero();
            assertThat(result.classes())
                    .filteredOn(line -> line.contains("source: file:"))
                    .isEmpty();
        }
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

    /** As after the command was built again and the archive was not. */
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
