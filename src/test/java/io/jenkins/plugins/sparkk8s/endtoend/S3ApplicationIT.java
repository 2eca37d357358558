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
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class S3ApplicationIT {
    private static final Duration END = Duration.ofSeconds(120);

    @Test
    void driverAndExecutorsFetchTheJarFromS3(@TempDir Path directory) throws Exception {
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
            command.addAll(List.of("examples/spark-app/target/spark-app.jar", "4", "--darts", "1000"));
            String kubeconfig =
                    cluster.kubeconfig(directory.resolve("kubeconfig")).toString();

            try (Submission submission = Submission.start(command, Map.of("KUBECONFIG", kubeconfig))) {
                assertThat(submission.awaitExit(END))
                        .as(String.join("\n", submission.lines()))
                        .isZero();
                assertThat(submission.lines())
                        .anyMatch(line -> line.startsWith("[upload] spark-app.jar → s3a://uploads/applications/"))
                        .anyMatch(line -> line.matches("\\[driver\\] \\| Pi is roughly 3\\..*"));
            }
        }
    }
}
