package io.jenkins.plugins.sparkk8s.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.localcluster.LocalCluster;
import io.jenkins.plugins.sparkk8s.localcluster.TestedCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real driver and real executors get secret properties; the objects of the cluster and the output do not show them. */
@Timeout(value = 150, unit = TimeUnit.SECONDS)
class SecretConfIT {
    private static final String OF_FILE = "pa:ss=w\\ord \"öäü\"\nsecond line of it";
    private static final String OF_VARIABLE = "hunter2-hunter2-hunter2";
    private static final Path EXAMPLE_JAR =
            Path.of("examples", "spark-app", "target", "spark-app.jar").toAbsolutePath();
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private LocalCluster cluster;

    @BeforeEach
    void startCluster() throws IOException {
        cluster = TestedCluster.start();
        cluster.createServiceAccount("default", "spark");
    }

    @AfterEach
    void stopCluster() throws IOException {
        cluster.client().pods().inNamespace("default").withGracePeriod(0).delete();
        cluster.close();
    }

    @Test
    void onlyDriverAndExecutorsSeeTheSecret() throws Exception {
        Files.writeString(directory.resolve("password"), OF_FILE + "\n");
        Path confDir = Files.createDirectory(directory.resolve("conf"));
        Files.writeString(confDir.resolve("site.properties"), "color=blue");
        Files.createDirectory(directory.resolve("uploads"));
        Map<String, String> environment = Map.of(
                "KUBECONFIG",
                        cluster.kubeconfig(directory.resolve("kubeconfig")).toString(),
                "SPARK_CONF_DIR", confDir.toString(),
                "DB_PASSWORD", OF_VARIABLE);

        try (Submission submission = Submission.start(command(), environment)) {
            submission.awaitLine("executor: Property spark.example.db.password has the expected value", START);
            assertInNoObjectButSecrets(OF_FILE);
            assertInNoObjectButSecrets(OF_VARIABLE);
            assertThat(submission.awaitExit(END))
                    .as(String.join("\n", submission.lines()))
                    .isZero();

            assertThat(submission.lines())
                    .anyMatch(line -> line.endsWith("driver: Property spark.example.password has the expected value"))
                    .anyMatch(line -> line.endsWith("executor: Property spark.example.password has the expected value"))
                    .anyMatch(line -> line.endsWith("driver: Mount /opt/spark/conf/site.properties is readable"))
                    .anyMatch(line -> line.contains("spark.example.password=*********(redacted)"))
                    .noneMatch(line -> line.contains(OF_VARIABLE) || line.contains("second line of it"));
        }
    }

    private List<String> command() throws GeneralSecurityException {
        return List.of(
                "--verbose",
                "--master",
                cluster.masterUrl(),
                "--name",
                "secret conf",
                "--class",
                "io.jenkins.plugins.sparkk8s.examples.MonteCarloPi",
                "--conf",
                "spark.kubernetes.container.image=spark:4.2.0",
                "--conf",
                "spark.kubernetes.authenticate.driver.serviceAccountName=spark",
                "--conf",
                "spark.kubernetes.file.upload.path=" + directory.resolve("uploads"),
                "--conf",
                "spark.executor.memory=512m",
                "--conf",
                "spark.driver.memory=512m",
                "--secret-conf",
                "spark.example.password=file:" + directory.resolve("password"),
                "--secret-conf",
                "spark.example.db.password=env:DB_PASSWORD",
                EXAMPLE_JAR.toString(),
                "4",
                "--seconds",
                "10",
                "--check-mount",
                "/opt/spark/conf/site.properties",
                "--check-conf",
                "spark.example.password",
                sha256(OF_FILE),
                "--check-conf",
                "spark.example.db.password",
                sha256(OF_VARIABLE));
    }

    private static String sha256(String text) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }

    /** Driver and executor pods, the driver's and the executors' ConfigMap, the Service, events. */
    private void assertInNoObjectButSecrets(String secret) {
        SecretMask mask = SecretMask.none().and(List.of(secret));
        assertThat(objects().map(Serialization::asJson))
                .hasSizeGreaterThan(4)
                .allSatisfy(json -> assertThat(json).isEqualTo(mask.mask(json)));
    }

    private Stream<HasMetadata> objects() {
        KubernetesClient client = cluster.client();
        return Stream.of(
                        client.pods().inNamespace("default").list().getItems(),
                        client.configMaps().inNamespace("default").list().getItems(),
                        client.services().inNamespace("default").list().getItems(),
                        client.v1().events().inNamespace("default").list().getItems())
                .flatMap(List::stream);
    }
}
