package io.jenkins.plugins.sparkk8s.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.localcluster.LocalCluster;
import io.jenkins.plugins.sparkk8s.localcluster.S3Connector;
import io.jenkins.plugins.sparkk8s.localcluster.S3Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that is uploaded to S3, from where real Spark with hadoop-aws in its image fetches it. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class S3ApplicationIT {
    private static final Duration END = Duration.ofSeconds(240);

    @Test
    void driverAndExecutorsFetchTheJarFromS3(@TempDir Path directory) throws Exception {
        List<String> lines = run(directory, List.of(), List.of("4", "--darts", "1000"));

        assertThat(lines)
                .anyMatch(line -> line.startsWith("[upload] spark-app.jar → s3a://uploads/applications/"))
                .anyMatch(line -> line.matches("\\[driver\\] \\| Pi is roughly 3\\..*"));
    }

    /**
     * As Spark writes it by default: rolled, and compressed with zstd. Without a UI there are no other figures; the spill and the straggler
     * are those of the last stage.
     */
    @Test
    void theFiguresOfTheEndComeFromTheEventLog(@TempDir Path directory) throws Exception {
        List<String> options = List.of(
                "--conf", "spark.eventLog.enabled=true",
                "--conf", "spark.eventLog.dir=s3a://uploads/",
                "--conf", "spark.ui.enabled=false",
                "--conf", "spark.shuffle.spill.numElementsForceSpillThreshold=40000");
        List<String> arguments = List.of("6", "--darts", "1000", "--sort-mb", "90", "--straggler", "31");

        List<String> lines = run(directory, options, arguments);

        assertThat(lines)
                .anyMatch(line -> line.matches("tasks .* (18|24) done, 0 failed, \\d+ % .* \\(from the event log\\)"))
                .anyMatch(line -> line.matches("data .*shuffle read [1-9]\\d*\\.\\d MiB, .*spilled [1-9].* MiB"))
                .anyMatch(line -> line.matches("used .*, at most .* of heap in one"))
                .anyMatch(line -> line.matches("hint .* were spilled to disks because memory was short: .*"))
                .anyMatch(line -> line.matches("hint .*The longest task of stage \\d+ took at least .* s, .*"));
    }

    private static List<String> run(Path directory, List<String> options, List<String> arguments) throws Exception {
        try (LocalCluster cluster = LocalCluster.builder().s3(true).start();
                S3Server server = S3Server.start(directory)) {
            cluster.createServiceAccount("default", "spark");
            List<String> command = new ArrayList<>(List.of(
                    "--master", cluster.masterUrl(),
                    "--name", "from s3",
                    "--class", "io.jenkins.plugins.sparkk8s.examples.MonteCarloPi",
                    "--conf", "spark.kubernetes.container.image=spark:4.2.0",
                    "--conf", "spark.kubernetes.namespace=default",
                    "--conf", "spark.kubernetes.authenticate.driver.serviceAccountName=spark",
                    "--conf", "spark.kubernetes.file.upload.path=s3a://uploads/applications",
                    "--conf", "spark.executor.memory=512m",
                    "--conf", "spark.driver.memory=512m"));
            Map<String, String> properties = server.properties();
            properties.putAll(S3Connector.properties());
            properties.forEach((key, value) -> command.addAll(List.of("--conf", "spark.hadoop." + key + "=" + value)));
            command.addAll(options);
            command.add("examples/spark-app/target/spark-app.jar");
            command.addAll(arguments);
            String kubeconfig =
                    cluster.kubeconfig(directory.resolve("kubeconfig")).toString();

            try (Submission submission = Submission.start(command, Map.of("KUBECONFIG", kubeconfig))) {
                assertThat(submission.awaitExit(END))
                        .as(String.join("\n", submission.lines()))
                        .isZero();
                return submission.lines();
            }
        }
    }
}
