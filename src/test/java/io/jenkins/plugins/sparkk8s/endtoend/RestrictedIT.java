package io.jenkins.plugins.sparkk8s.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real Spark in a namespace that enforces the Pod Security level {@code restricted}. */
@Timeout(value = 150, unit = TimeUnit.SECONDS)
class RestrictedIT extends RealSparkCase {
    private static final List<String> TWO_EXECUTORS = List.of("--conf", "spark.executor.instances=2");

    @BeforeEach
    void enforce() {
        cluster.client()
                .namespaces()
                .withName(namespace)
                .edit(found -> new NamespaceBuilder(found)
                        .editMetadata()
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build());
    }

    /** An API server before 1.23 knows the label as any other. */
    private boolean isEnforced() {
        Pod plain = new PodBuilder()
                .withNewMetadata()
                .withName("plain")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("plain")
                .withImage("spark:4.2.0")
                .endContainer()
                .endSpec()
                .build();
        try {
            cluster.client().pods().resource(plain).dryRun(true).create();
            return false;
        } catch (KubernetesClientException e) {
            return e.getMessage().contains("violates PodSecurity");
        }
    }

    private List<Pod> executors() {
        return cluster.client()
                .pods()
                .inNamespace(namespace)
                .withLabel("spark-role", "executor")
                .list()
                .getItems();
    }

    @Test
    void driverAndExecutorsRunWithTheSetting() throws Exception {
        List<String> options =
                List.of("--conf", "spark.executor.instances=2", "--conf", "spark.kubernetes.submit.restricted=true");
        try (Submission submission =
                submit(options, EXAMPLE_JAR.toString(), "20", "--phases", "2", "--idle-seconds", "4")) {
            submission.awaitLine("executors: 2 running", START);
            assertThat(executors()).hasSize(2).allSatisfy(pod -> {
                assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
                assertThat(pod.getSpec().getContainers()).allSatisfy(container -> {
                    assertThat(container.getName()).isEqualTo("spark-kubernetes-executor");
                    assertThat(container.getSecurityContext().getRunAsUser()).isEqualTo(185);
                    assertThat(container.getSecurityContext().getCapabilities().getDrop())
                            .containsExactly("ALL");
                });
            });
            assertThat(submission.awaitExit(END))
                    .as(String.join("\n", submission.lines()))
                    .isZero();
        }
    }

    @Test
    void withoutTheSettingTheRefusalNamesIt() throws Exception {
        assumeTrue(isEnforced(), "this API server has no Pod Security levels");
        try (Submission submission = submit(TWO_EXECUTORS, EXAMPLE_JAR.toString(), "20")) {
            assertThat(submission.awaitExit(START)).isNotZero();
            assertThat(String.join("\n", submission.lines()))
                    .contains("violates PodSecurity \"restricted:latest\": ")
                    .contains("Set spark.kubernetes.submit.restricted=true");
        }
    }
}
