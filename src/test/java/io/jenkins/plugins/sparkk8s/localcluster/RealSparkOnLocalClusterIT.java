package io.jenkins.plugins.sparkk8s.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark's own submitter on the local cluster: what works here without any code of ours is the cluster's merit alone.
 * Needs {@code examples/spark-runtime} and {@code examples/spark-app} packaged.
 */
class RealSparkOnLocalClusterIT {

    private static final Path RUNTIME = Path.of("examples/spark-runtime/target/classpath");
    private static final Path APPLICATION = Path.of("examples/spark-app/target/spark-app.jar");
    private static final String NAMESPACE = "spark";

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void runsAnApplicationWithRealExecutorsToSuccess() throws Exception {
        assumeThat(RUNTIME).as("run mvn -f examples/spark-runtime package").exists();
        assumeThat(APPLICATION).as("run mvn -f examples/spark-app package").exists();
        try (LocalCluster cluster = TestedCluster.start()) {
            TestedCluster.assumeApplyOfServicePorts(cluster);
            cluster.createNamespace(NAMESPACE);
            cluster.createServiceAccount(NAMESPACE, "spark");

            String output = sparkSubmit(cluster);

            Pod driver = cluster.client()
                    .pods()
                    .inNamespace(NAMESPACE)
                    .withLabel("spark-role", "driver")
                    .list()
                    .getItems()
                    .get(0);
            String log = cluster.client().pods().resource(driver).getLog();
            assertThat(driver.getStatus().getPhase()).as(output + log).isEqualTo("Succeeded");
            assertThat(log)
                    .containsPattern("Pi is roughly 3\\.14\\d+")
                    .contains("driver: Mount /checkpoints is readable and writable")
                    .contains("executor: Mount /checkpoints is readable and writable")
                    .containsPattern("Registered executor .* with ID 1")
                    .doesNotContain(" ERROR ");
        }
        assertThat(Path.of("/checkpoints")).doesNotExist();
    }

    private String sparkSubmit(LocalCluster cluster) throws IOException, InterruptedException {
        Path kubeconfig = cluster.kubeconfig(directory.resolve("kubeconfig"));
        Path uploads = Files.createDirectory(directory.resolve("uploads"));
        Path checkpoints = Files.createDirectory(directory.resolve("checkpoints"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Files.readString(RUNTIME).trim(),
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                cluster.masterUrl(),
                "--deploy-mode",
                "cluster",
                "--name",
                "pi",
                "--class",
                "io.jenkins.plugins.sparkk8s.examples.MonteCarloPi"));
        conf(command, "spark.kubernetes.namespace", NAMESPACE);
        conf(command, "spark.kubernetes.container.image", "spark:4.2.0");
        conf(command, "spark.kubernetes.authenticate.driver.serviceAccountName", "spark");
        conf(command, "spark.kubernetes.file.upload.path", uploads.toUri().toString());
        conf(command, "spark.executor.instances", "2");
        for (String role : List.of("driver", "executor")) {
            String volume = "spark.kubernetes." + role + ".volumes.hostPath.checkpoints.";
            conf(command, volume + "mount.path", "/checkpoints");
            conf(command, volume + "options.path", checkpoints.toString());
        }
        command.addAll(List.of(
                APPLICATION.toAbsolutePath().toString(), "8", "--darts", "10000000", "--check-mount", "/checkpoints"));
        Path output = directory.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        Process submit = builder.start();
        try {
            assertThat(submit.waitFor(2, TimeUnit.MINUTES))
                    .as("spark-submit ended")
                    .isTrue();
        } finally {
            submit.destroyForcibly();
        }
        String text = Files.readString(output);
        assertThat(submit.exitValue()).as(text).isZero();
        return text;
    }

    private static void conf(List<String> command, String key, String value) {
        command.add("--conf");
        command.add(key + "=" + value);
    }
}
