package io.jenkins.plugins.sparkk8s.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kill and status by submission id. */
class SubmissionOperationsTest {
    private KubernetesApiServer server;
    private KubernetesClient client;
    private SubmissionOperations operations;

    @BeforeEach
    void submitTwo() throws Exception {
        server = KubernetesApiServer.builder().tls(false).start();
        client = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
        operations = new SubmissionOperations(client);
        DriverSubmitter.submit(
                client, Applications.java().build(), DriverSubmitter.Attempt.FIRST, SubmissionListener.NONE);
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("up-not-a-driver")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("c")
                        .withImage("i")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void killsOneDriverAndAllThatItOwns() {
        assertThat(operations.kill("default:up-aaaaaaaaaaaaaaaa-driver", Optional.of(Duration.ZERO)))
                .containsExactly("up-aaaaaaaaaaaaaaaa-driver");

        await().untilAsserted(() -> {
            assertThat(client.services().inNamespace("default").list().getItems())
                    .isEmpty();
            assertThat(client.configMaps().inNamespace("default").list().getItems())
                    .isEmpty();
        });
    }

    @Test
    void killsDriversByPatternAndNoOtherPods() {
        assertThat(operations.kill("up-*", Optional.empty())).containsExactly("up-aaaaaaaaaaaaaaaa-driver");
        assertThat(client.pods()
                        .inNamespace("default")
                        .withName("up-not-a-driver")
                        .get())
                .isNotNull();
    }

    @Test
    void sendsTheGracePeriod() {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("on-a-node")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName("node-1")
                        .addNewContainer()
                        .withName("c")
                        .withImage("i")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        operations.kill("on-a-node", Optional.of(Duration.ofSeconds(7)));
        assertThat(operations.find("on-a-node"))
                .singleElement()
                .satisfies(pod -> assertThat(pod.getMetadata().getDeletionGracePeriodSeconds())
                        .isEqualTo(7));
    }

    @Test
    void nothingToKillIsNoError() {
        assertThat(operations.kill("default:gone", Optional.empty())).isEmpty();
        assertThat(operations.status("default:gone")).containsExactly("Application not found.");
        assertThat(operations.status("default:gone*")).containsExactly("No applications found.");
    }

    @Test
    void statusShowsPhaseAndContainer() {
        client.pods()
                .inNamespace("default")
                .withName("up-aaaaaaaaaaaaaaaa-driver")
                .editStatus(pod -> new PodBuilder(pod)
                        .withStatus(new PodStatusBuilder()
                                .withPhase("Failed")
                                .addNewContainerStatus()
                                .withName("spark-kubernetes-driver")
                                .withImage("spark:4.1.1")
                                .withNewState()
                                .withNewTerminated()
                                .withExitCode(3)
                                .withReason("Error")
                                .endTerminated()
                                .endState()
                                .endContainerStatus()
                                .build())
                        .build());

        assertThat(operations.status("default:up-*"))
                .singleElement()
                .asString()
                .contains("\n\t pod name: up-aaaaaaaaaaaaaaaa-driver")
                .contains("\n\t phase: Failed")
                .contains("\n\t node name: N/A")
                .contains("\n\t\t container name: spark-kubernetes-driver")
                .contains("\n\t\t exit code: 3")
                .contains("\n\t\t termination reason: Error");
    }

    @Test
    void malformedIdIsASentence() {
        assertThatThrownBy(() -> operations.status("default:"))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("'default:'")
                .hasMessageContaining("namespace:driver-pod-name");
    }

    @Test
    void refusalIsASentence() {
        server.faults().answer(100, RequestMatch.of("delete", "pods"), 403);
        assertThatThrownBy(() -> operations.kill("default:up-aaaaaaaaaaaaaaaa-driver", Optional.empty()))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("did not delete Pod up-aaaaaaaaaaaaaaaa-driver in namespace default")
                .hasMessageContaining("allows the verb delete on pods");
    }
}
