package io.jenkins.plugins.sparkk8s.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a driver's pod template is kept, and what Spark sets. */
class PodTemplateTest {
    private static final String KEY = "spark.kubernetes.driver.podTemplateFile";
    private static final String CONTAINER = "spark.kubernetes.driver.podTemplateContainerName";
    private static final String TEMPLATE = """
            apiVersion: v1
            kind: Pod
            metadata:
              labels: {team: data, spark-role: hacked}
              annotations: {note: kept}
            spec:
              restartPolicy: Always
              priorityClassName: batch
              initContainers: [{name: init, image: busybox}]
              containers:
              - name: sidecar
                image: fluentbit:1
              - name: spark
                image: ignored:1
                resources: {requests: {cpu: "3", ephemeral-storage: 2Gi}, limits: {cpu: "5"}}
                env: [{name: FOO, value: bar}]
                volumeMounts: [{name: scratch, mountPath: /scratch}]
              volumes: [{name: scratch, emptyDir: {}}]
            """;

    @TempDir
    private Path folder;

    @Test
    void namedContainerBecomesSparksAndStandsLast() throws IOException {
        PodSpec pod =
                withTemplate(TEMPLATE).with(CONTAINER, "spark").build().pod().getSpec();

        assertThat(pod.getContainers()).extracting(Container::getName).containsExactly("sidecar", "spark");
        assertThat(pod.getInitContainers()).hasSize(1);
        assertThat(pod.getPriorityClassName()).isEqualTo("batch");
        assertThat(pod.getRestartPolicy()).isEqualTo("Never");
        Container spark = pod.getContainers().get(1);
        assertThat(spark.getImage()).isEqualTo("spark:4.2.0");
        assertThat(spark.getEnv()).extracting(EnvVar::getName).startsWith("FOO", "SPARK_USER");
        assertThat(spark.getResources().getRequests())
                .containsEntry("cpu", new Quantity("1"))
                .containsEntry("ephemeral-storage", new Quantity("2Gi"));
        assertThat(spark.getResources().getLimits()).containsEntry("cpu", new Quantity("5"));
        assertThat(spark.getVolumeMounts()).extracting("mountPath").startsWith("/scratch");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kind: Pod\\nspec:\\n  containers:\\n  - name: a\\n   image: b | expected <block end>, but found '<block mapping start>', line 5, column 4",
                "kind: Pod\\nspec:\\n\\tcontainers: [] | line 3, column 1",
                "kind: Pod\\nspec:\\n  containers: {a: b} | the value of spec.containers has the wrong type",
                "kind: Pod\\nspec:\\n  containers: [{ports: [{containerPort: many}]}] | the value of spec.containers[0].ports[0].containerPort has the wrong type"
            })
    void aBrokenTemplateIsNamedWithThePlace(String text, String place) throws IOException {
        String template = text.replace("\\n", "\n").replace("\\t", "\t");

        assertThatThrownBy(() -> withTemplate(template).build())
                .hasMessageContaining(KEY + " names")
                .hasMessageContaining(place + ". Correct the file.");
    }

    @Test
    void sparksLabelsWinAndOthersStay() throws IOException {
        DriverSpec spec = withTemplate(TEMPLATE).with(CONTAINER, "spark").build();

        assertThat(spec.pod().getMetadata().getLabels())
                .containsEntry("team", "data")
                .containsEntry("spark-role", "driver");
        assertThat(spec.pod().getMetadata().getAnnotations()).containsEntry("note", "kept");
    }

    @Test
    void unknownContainerNameFallsBackToTheFirstWithAWarning() throws IOException {
        DriverSpec spec = withTemplate(TEMPLATE).with(CONTAINER, "nobody").build();

        assertThat(spec.pod().getSpec().getContainers())
                .extracting(Container::getName)
                .containsExactly("spark", "sidecar");
        assertThat(spec.warnings())
                .singleElement()
                .asString()
                .contains(CONTAINER)
                .contains("nobody");
    }

    @Test
    void templateWithoutContainersGetsOne() throws IOException {
        assertThat(withTemplate("apiVersion: v1\nkind: Pod\nspec: {}\n")
                        .build()
                        .pod()
                        .getSpec()
                        .getContainers())
                .extracting(Container::getName)
                .containsExactly("spark-kubernetes-driver");
    }

    @Test
    void otherKindsAreRefused() throws IOException {
        Applications application = withTemplate("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\n");
        assertThatThrownBy(application::check).hasMessageContaining(KEY).hasMessageContaining("not a pod");
    }

    @Test
    void brokenYamlIsRefused() throws IOException {
        Applications application = withTemplate("kind: Pod\n  spec: [");
        assertThatThrownBy(application::check).hasMessageContaining(KEY).hasMessageContaining("template.yaml");
    }

    private Applications withTemplate(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("template.yaml"), text);
        return Applications.java().with(KEY, file.toString());
    }
}
