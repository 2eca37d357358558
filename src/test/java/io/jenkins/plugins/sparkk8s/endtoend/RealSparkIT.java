package io.jenkins.plugins.sparkk8s.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.jenkins.plugins.sparkk8s.localcluster.TestedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real Spark drivers and executors on the local cluster, submitted by the command as a user runs it. */
@Timeout(value = 150, unit = TimeUnit.SECONDS)
class RealSparkIT extends RealSparkCase {
    @Test
    void uploadedApplicationRunsToItsEndAndLeavesNoUpload() throws Exception {
        try (Submission submission = submit(List.of(), EXAMPLE_JAR.toString(), "8", "--darts", "200000")) {
            assertThat(submission.awaitExit(END))
                    .as(String.join("\n", submission.lines()))
                    .isZero();

            assertThat(submission.lines())
                    .anyMatch(line -> line.matches("\\[driver\\] \\| Pi is roughly 3\\.1.*"))
                    .anyMatch(line -> line.contains("[executor 1] ") && line.contains("Running"));
            Pod driver = driver();
            assertThat(driver.getSpec().getContainers().get(0).getArgs())
                    .containsSubsequence("driver", "--class", EXAMPLE, "spark-internal", "8");
            assertThat(sparkProperties()).contains("spark.jars=" + uploads + "/spark-upload-");
            assertThat(uploads).isEmptyDirectory();
        }
    }

    @Test
    void argumentsArriveAsTheyWereWritten() throws Exception {
        List<String> texts = List.of("cost$$5", "$(SPARK_USER)", "$$(HOME)", "${HOME} $HOME", "a b\"c'd", "$(");
        List<String> arguments = new ArrayList<>(List.of("1", "--darts", "1000"));
        texts.forEach(text -> arguments.addAll(List.of("--print", text)));
        try (Submission submission = submit(List.of(), EXAMPLE_JAR.toString(), arguments.toArray(String[]::new))) {
            assertThat(submission.awaitExit(END))
                    .as(String.join("\n", submission.lines()))
                    .isZero();
            assertThat(submission.lines())
                    .containsSubsequence(
                            texts.stream().map(text -> "[driver] | " + text).toArray(String[]::new));
        }
    }

    @Test
    void exitCodeOfAFailedApplicationIsOurs() throws Exception {
        try (Submission submission =
                submit(List.of(), EXAMPLE_JAR.toString(), "2", "--darts", "1000", "--exit-code", "3")) {
            assertThat(submission.awaitExit(END)).isEqualTo(3);
            assertThat(submission.lines()).anyMatch(line -> line.contains("exit code 3"));
        }
    }

    @Test
    void killedExecutorIsShownAndReplaced() throws Exception {
        try (Submission submission = submit(List.of(), EXAMPLE_JAR.toString(), "4", "--seconds", "20")) {
            submission.awaitLine("\\[executor 1\\].*Running", START);
            kill(1);
            submission.awaitLine("\\[executor 1\\].*Failed.*137", START);
            submission.awaitLine("\\[executor 3\\].*Running", START);
            assertThat(submission.awaitExit(END)).isZero();
        }
    }

    @Test
    void deletedDriverIsAFailureThatSaysSo() throws Exception {
        try (Submission submission = submit(List.of(), EXAMPLE_JAR.toString(), "4", "--seconds", "60")) {
            submission.awaitLine("\\[executor 1\\].*Running", START);
            cluster.client().resource(driver()).withGracePeriod(1).delete();
            assertThat(submission.awaitExit(END)).isNotZero();
            assertThat(submission.lines()).anyMatch(line -> line.contains("deleted"));
            assertThat(uploads).isEmptyDirectory();
        }
    }

    @Test
    void executorsGrowAndShrinkUnderDynamicAllocation() throws Exception {
        List<String> options = List.of(
                "--conf", "spark.dynamicAllocation.enabled=true",
                "--conf", "spark.dynamicAllocation.shuffleTracking.enabled=true",
                "--conf", "spark.dynamicAllocation.minExecutors=1",
                "--conf", "spark.dynamicAllocation.maxExecutors=2",
                "--conf", "spark.dynamicAllocation.executorIdleTimeout=4s",
                "--conf", "spark.dynamicAllocation.schedulerBacklogTimeout=1s");
        try (Submission submission =
                submit(options, EXAMPLE_JAR.toString(), "40", "--phases", "2", "--idle-seconds", "12")) {
            submission.awaitLine("executors: 2 running", START);
            submission.awaitLine("executors: 1 running.*peak 2", START);
            assertThat(submission.awaitExit(END)).isZero();
        }
    }

    @Test
    void keptExecutorsAreMarkedInactiveAndNotPolledAgain() throws Exception {
        List<String> options = List.of(
                "--conf", "spark.kubernetes.executor.deleteOnTermination=false",
                "--conf", "spark.kubernetes.executor.apiPollingInterval=2s");
        try (Submission submission = submit(options, EXAMPLE_JAR.toString(), "4", "--seconds", "25")) {
            submission.awaitLine("\\[executor 1\\].*Running", START);
            kill(1);
            submission.awaitLine("\\[executor 1\\].*Failed.*137", START);
            await().atMost(START)
                    .until(() ->
                            "true".equals(executor(1).getMetadata().getLabels().get("spark-exec-inactive")));
            assertThat(activeExecutors()).isNotEmpty().noneMatch(pod -> id(pod).equals("1"));
            assertThat(submission.awaitExit(END)).isZero();
            assertThat(executor(1).getStatus().getPhase()).isEqualTo("Failed");
        }
    }

    @Test
    void doesNotWaitWhenConfiguredNotTo() throws Exception {
        List<String> options = List.of("--conf", "spark.kubernetes.submission.waitAppCompletion=false");
        try (Submission submission = submit(options, EXAMPLE_JAR.toString(), "2", "--darts", "1000")) {
            assertThat(submission.awaitExit(START)).isZero();
            await().atMost(END)
                    .until(() -> "Succeeded".equals(driver().getStatus().getPhase()));
        }
    }

    @Test
    void losesNothingWhileTheApiServerIsUnreachable() throws Exception {
        TestedCluster.assumeFaults();
        try (Submission submission = submit(
                List.of("--conf", "spark.kubernetes.allocation.batch.delay=2s"),
                EXAMPLE_JAR.toString(),
                "4",
                "--seconds",
                "25")) {
            submission.awaitLine("\\[executor 2\\].*Running", START);
            cluster.apiServer().pause();
            try {
                await().pollDelay(Duration.ofSeconds(10)).atMost(START).until(() -> true);
            } finally {
                cluster.apiServer().resume();
            }
            assertThat(submission.awaitExit(END))
                    .as(String.join("\n", submission.lines()))
                    .isZero();
            assertThat(submission.lines().stream().filter(line -> line.contains("Pi is roughly")))
                    .hasSize(1);
        }
    }

    @Test
    void volumesAreReallyThereInDriverAndExecutors(@TempDir Path onTheHost) throws Exception {
        createClaim("checkpoints");
        List<String> options = new ArrayList<>();
        for (String role : List.of("driver", "executor")) {
            String volumes = "spark.kubernetes." + role + ".volumes.";
            Stream.of(
                            volumes + "emptyDir.scratch.mount.path=/scratch",
                            volumes + "hostPath.data.mount.path=/data",
                            volumes + "hostPath.data.options.path=" + onTheHost,
                            volumes + "persistentVolumeClaim.checkpoints.mount.path=/checkpoints",
                            volumes + "persistentVolumeClaim.checkpoints.options.claimName=checkpoints")
                    .forEach(conf -> options.addAll(List.of("--conf", conf)));
        }
        try (Submission submission = submit(
                options,
                EXAMPLE_JAR.toString(),
                "2",
                "--darts",
                "1000",
                "--check-mount",
                "/scratch",
                "--check-mount",
                "/data",
                "--check-mount",
                "/checkpoints")) {
            assertThat(submission.awaitExit(END))
                    .as(String.join("\n", submission.lines()))
                    .isZero();
            for (String path : List.of("/scratch", "/data", "/checkpoints")) {
                assertThat(submission.lines())
                        .anyMatch(line -> line.contains("driver: ") && line.contains(path))
                        .anyMatch(line -> line.contains("executor: ") && line.contains(path));
            }
        }
    }

    @Test
    void applicationInTheImageNeedsNoUpload() throws Exception {
        try (Submission submission =
                submit(List.of(), "local:///opt/spark/examples/jars/spark-app.jar", "2", "--darts", "1000")) {
            assertThat(submission.awaitExit(END))
                    .as(String.join("\n", submission.lines()))
                    .isZero();
            assertThat(sparkProperties()).contains("spark.jars=local\\:///opt/spark/examples/jars/spark-app.jar");
            assertThat(uploads).isEmptyDirectory();
        }
    }

    @Test
    void abortedSubmissionKillsTheApplication() throws Exception {
        try (Submission submission = submit(List.of(), EXAMPLE_JAR.toString(), "4", "--seconds", "60")) {
            submission.awaitLine("\\[executor 1\\].*Running", START);
            submission.terminate();
            assertThat(submission.awaitExit(START)).isNotZero();
            await().atMost(START)
                    .until(() -> cluster.client()
                            .pods()
                            .inNamespace(namespace)
                            .list()
                            .getItems()
                            .isEmpty());
            assertThat(uploads).isEmptyDirectory();
        }
    }

    @Test
    void imageThatCannotBePulledEndsTheWaitWithTheReason() throws Exception {
        List<String> options = List.of("--conf", "spark.kubernetes.container.image=registry.example.com/missing:1");
        try (Submission submission = submit(options, EXAMPLE_JAR.toString())) {
            assertThat(submission.awaitExit(Duration.ofSeconds(120))).isEqualTo(1);
            assertThat(submission.lines()).anyMatch(line -> line.contains("registry.example.com/missing:1"));
            assertThat(cluster.client().pods().inNamespace(namespace).list().getItems())
                    .isEmpty();
            assertThat(uploads).isEmptyDirectory();
        }
    }

    private Pod executor(int id) {
        return cluster.client()
                .pods()
                .inNamespace(namespace)
                .withLabel("spark-exec-id", Integer.toString(id))
                .list()
                .getItems()
                .get(0);
    }

    private List<Pod> activeExecutors() {
        return cluster.client()
                .pods()
                .inNamespace(namespace)
                .withLabelSelector("spark-role=executor,spark-exec-inactive!=true")
                .list()
                .getItems();
    }

    private static String id(Pod executor) {
        return executor.getMetadata().getLabels().get("spark-exec-id");
    }

    private String sparkProperties() {
        return cluster.client().configMaps().inNamespace(namespace).list().getItems().stream()
                .map(ConfigMap::getData)
                .map(data -> data.get("spark.properties"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private void createClaim(String name) {
        cluster.client()
                .resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteMany")
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .build())
                .create();
    }

    /** SIGKILL to the executor's own process, as the kernel does when memory is short. */
    private void kill(int executorId) {
        String podName = executor(executorId).getMetadata().getName();
        await("the process of " + podName)
                .atMost(START)
                .until(() -> processes(podName), processes -> !processes.isEmpty())
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static List<ProcessHandle> processes(String podName) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(command -> command.contains("KubernetesExecutorBackend") && command.contains(podName))
                        .isPresent())
                .toList();
    }
}
