package io.jenkins.plugins.sparkk8s.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No pod process outlives the cluster's own process, however that ends. */
@Timeout(180)
class ClusterDeathTest {

    private final String marker = UUID.randomUUID().toString();

    @TempDir
    private Path directory;

    private Process cluster;

    @BeforeEach
    void startClusterWithAPodThatStartedAProcess() throws IOException {
        Path kubeconfig = directory.resolve("kubeconfig");
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Djava.io.tmpdir=" + directory,
                        "-Dlocalcluster.checkout=" + directory,
                        LocalClusterMain.class.getName(),
                        "--port",
                        "0",
                        "--kubeconfig",
                        kubeconfig.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        cluster = builder.start();
        await().untilAsserted(() -> assertThat(Files.readString(output)).contains("Try, in another terminal"));
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                .build()) {
            client.pods()
                    .inNamespace("default")
                    .resource(new PodBuilder()
                            .withNewMetadata()
                            .withName("lasting")
                            .endMetadata()
                            .withNewSpec()
                            .withRestartPolicy("Never")
                            .addNewContainer()
                            .withName("main")
                            .withImage("busybox")
                            .withCommand("/bin/sh", "-c", "sleep 600 & sleep 600")
                            .addNewEnv()
                            .withName("MARKER")
                            .withValue(marker)
                            .endEnv()
                            .endContainer()
                            .endSpec()
                            .build())
                    .create();
            await().until(() -> "Running"
                    .equals(client.pods()
                            .inNamespace("default")
                            .withName("lasting")
                            .get()
                            .getStatus()
                            .getPhase()));
        }
        await().until(this::podProcesses, count -> count > 0);
    }

    @AfterEach
    void endCluster() {
        cluster.destroyForcibly();
    }

    @Test
    void leavesNoProcessWhenItIsKilled() {
        cluster.destroyForcibly();

        await().untilAsserted(() -> assertThat(podProcesses()).isZero());
    }

    @Test
    void leavesNoProcessAndNoFileWhenItIsAskedToEnd() throws IOException {
        cluster.destroy();

        await().until(() -> !cluster.isAlive());
        assertThat(podProcesses()).isZero();
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> name.startsWith("local-cluster-"))
                    .isEmpty();
        }
    }

    private long podProcesses() {
        return ProcessHandle.allProcesses()
                .filter(process -> environment(process).contains(marker))
                .count();
    }

    private static String environment(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // Ended meanwhile, or another user's.
            return "";
        }
    }
}
