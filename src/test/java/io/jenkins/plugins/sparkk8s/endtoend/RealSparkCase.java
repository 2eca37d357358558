package io.jenkins.plugins.sparkk8s.endtoend;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.localcluster.LocalCluster;
import io.jenkins.plugins.sparkk8s.localcluster.TestedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Applications that the command submits, as a user runs it, to real Spark on the cluster of the tests. */
abstract class RealSparkCase {
    static final String EXAMPLE = "io.jenkins.plugins.sparkk8s.examples.MonteCarloPi";
    static final Path EXAMPLE_JAR =
            Path.of("examples", "spark-app", "target", "spark-app.jar").toAbsolutePath();
    static final Duration START = Duration.ofSeconds(60);
    static final Duration END = Duration.ofSeconds(90);

    static LocalCluster cluster;
    private static Path kubeconfig;

    @TempDir
    static Path shared;

    Path uploads;
    String namespace;

    @BeforeAll
    static void startCluster() throws IOException {
        cluster = TestedCluster.start();
        kubeconfig = cluster.kubeconfig(shared.resolve("kubeconfig"));
    }

    @AfterAll
    static void stopCluster() throws IOException {
        cluster.close();
    }

    @BeforeEach
    void prepareNamespace(TestInfo test) throws IOException {
        uploads = Files.createDirectory(
                shared.resolve("uploads-" + test.getTestMethod().orElseThrow().getName()));
        namespace = "t" + Integer.toHexString(test.getDisplayName().hashCode());
        cluster.createNamespace(namespace);
        cluster.createServiceAccount(namespace, "spark");
    }

    @AfterEach
    void endWhatStillRuns() {
        cluster.client().pods().inNamespace(namespace).withGracePeriod(0).delete();
    }

    final Submission submit(List<String> options, String mainResource, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "--master", cluster.masterUrl(),
                "--name", "end to end",
                "--class", EXAMPLE,
                "--conf", "spark.kubernetes.container.image=spark:4.2.0",
                "--conf", "spark.kubernetes.namespace=" + namespace,
                "--conf", "spark.kubernetes.authenticate.driver.serviceAccountName=spark",
                "--conf", "spark.kubernetes.file.upload.path=" + uploads,
                // So that what is removed at the end can be seen at once.
                "--conf", "spark.kubernetes.submit.uploads=spark",
                "--conf", "spark.executor.memory=512m",
                "--conf", "spark.driver.memory=512m"));
        command.addAll(options);
        command.add(mainResource);
        command.addAll(List.of(arguments));
        return Submission.start(command, Map.of("KUBECONFIG", kubeconfig.toString()));
    }

    final Pod driver() {
        return cluster.client()
                .pods()
                .inNamespace(namespace)
                .withLabel("spark-role", "driver")
                .list()
                .getItems()
                .get(0);
    }
}
