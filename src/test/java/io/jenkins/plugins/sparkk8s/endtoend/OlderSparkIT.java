package io.jenkins.plugins.sparkk8s.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.localcluster.LocalCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A short run of each older line of Spark, which the tag of the image names. */
@Timeout(value = 150, unit = TimeUnit.SECONDS)
class OlderSparkIT {
    private static final Path EXAMPLE_JAR =
            Path.of("examples", "spark-app", "target", "spark-app.jar").toAbsolutePath();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "3.5.6, spark-3.5-submitter",
        "4.0.1, spark-4.0-submitter",
        "4.1.1, spark-4.1-submitter",
    })
    void runsAnApplicationToItsEnd(String version, String project) throws Exception {
        try (LocalCluster cluster = LocalCluster.builder().spark(project).start()) {
            cluster.createNamespace("spark");
            cluster.createServiceAccount("spark", "spark");
            List<String> command = List.of(
                    "--master",
                    cluster.masterUrl(),
                    "--class",
                    "io.jenkins.plugins.sparkk8s.examples.MonteCarloPi",
                    "--conf",
                    "spark.kubernetes.container.image=spark:" + version,
                    "--conf",
                    "spark.kubernetes.namespace=spark",
                    "--conf",
                    "spark.kubernetes.authenticate.driver.serviceAccountName=spark",
                    "--conf",
                    "spark.kubernetes.file.upload.path=" + Files.createDirectory(directory.resolve("uploads")),
                    "--conf",
                    "spark.executor.instances=1",
                    "--conf",
                    "spark.executor.memory=512m",
                    "--conf",
                    "spark.driver.memory=512m",
                    EXAMPLE_JAR.toString(),
                    "2",
                    "--darts",
                    "1000");
            String kubeconfig =
                    cluster.kubeconfig(directory.resolve("kubeconfig")).toString();

            try (Submission submission = Submission.start(command, Map.of("KUBECONFIG", kubeconfig))) {
                assertThat(submission.awaitExit(Duration.ofSeconds(120)))
                        .as(String.join("\n", submission.lines()))
                        .isZero();
                assertThat(submission.lines())
                        .anyMatch(line -> line.startsWith("[driver] | Pi is roughly"))
                        .anyMatch(line -> line.startsWith("[executor 1] "))
                        .noneMatch(line -> line.contains("WARNING: the image has Spark"));
            }
            assertThat(cluster.client()
                            .pods()
                            .inNamespace("spark")
                            .withLabel("spark-version", version)
                            .list()
                            .getItems())
                    .isNotEmpty();
            assertThat(cluster.client()
                            .network()
                            .networkPolicies()
                            .inNamespace("spark")
                            .list()
                            .getItems())
                    .isEmpty();
        }
    }
}
