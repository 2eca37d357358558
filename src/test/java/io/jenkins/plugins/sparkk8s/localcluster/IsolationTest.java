package io.jenkins.plugins.sparkk8s.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.jenkins.plugins.sparkk8s.localcluster.kubelet.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same pod runs under every kind of isolation, so the cluster works for root, for a user and in a container. */
@Timeout(180)
class IsolationTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void runsAPodWhoseArgumentsNameItsMounts(Isolation isolation) throws IOException {
        if (isolation == Isolation.NAMESPACES) {
            assumeThat(System.getProperty("user.name")).isEqualTo("root");
        }
        Files.writeString(directory.resolve("file"), "seen");
        try (LocalCluster cluster = LocalCluster.builder().isolation(isolation).start()) {
            PodResource resource =
                    cluster.client().pods().inNamespace("default").withName("isolated");
            cluster.createNamespace("default");
            cluster.client()
                    .pods()
                    .inNamespace("default")
                    .resource(pod(directory))
                    .create();

            Pod pod = await().until(
                            resource::get, seen -> seen.getStatus().getPhase().matches("Succeeded|Failed"));

            assertThat(resource.getLog()).isEqualTo("seenseen");
            assertThat(pod.getStatus().getPhase()).isEqualTo("Succeeded");
        }
    }

    private static Pod pod(Path source) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("isolated")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("main")
                .withImage("busybox")
                .withCommand("/bin/sh", "-c", "cat /data/true/file; cat $FROM_ENVIRONMENT")
                .addNewEnv()
                .withName("FROM_ENVIRONMENT")
                .withValue("/data/true/file")
                .endEnv()
                .addNewVolumeMount()
                .withName("host")
                .withMountPath("/data/true")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("host")
                .withNewHostPath(source.toString(), "Directory")
                .endVolume()
                .endSpec()
                .build();
    }
}
