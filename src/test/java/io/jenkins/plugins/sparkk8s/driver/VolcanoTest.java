package io.jenkins.plugins.sparkk8s.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.kubernetes.PodGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code VolcanoFeatureStep} of Spark adds to a driver. */
class VolcanoTest {
    private static final String STEPS = "spark.kubernetes.driver.pod.featureSteps";
    private static final String EXECUTOR_STEPS = "spark.kubernetes.executor.pod.featureSteps";
    private static final String CLASS = "org.apache.spark.deploy.k8s.features.VolcanoFeatureStep";
    private static final String TEMPLATE = "spark.kubernetes.scheduler.volcano.podGroupTemplateFile";
    private static final String TEMPLATE_TEXT = "spark.kubernetes.scheduler.volcano.podGroupTemplateJson";

    @TempDir
    private Path folder;

    private static Applications volcano() {
        return Applications.java()
                .with(STEPS, CLASS)
                .with(EXECUTOR_STEPS, CLASS)
                .with("spark.kubernetes.scheduler.name", "volcano");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.5.6", "4.0.1", "4.1.1", "4.2.0"})
    void podGroupComesBeforeThePodThatBelongsToIt(String release) {
        DriverSpec spec = volcano()
                .with("spark.kubernetes.container.image", "spark:" + release)
                .build();

        assertThat(spec.preResources()).singleElement().isInstanceOfSatisfying(PodGroup.class, group -> {
            assertThat(group.getApiVersion()).isEqualTo("scheduling.volcano.sh/v1beta1");
            assertThat(group.getMetadata().getName()).isEqualTo(Applications.APP_ID + "-podgroup");
            assertThat(group.getMetadata().getNamespace()).isEqualTo("default");
            assertThat(group.getSpec()).isEmpty();
            assertThat(Serialization.asJson(group)).contains("\"spec\":{}");
        });
        assertThat(spec.pod().getMetadata().getAnnotations())
                .containsEntry("scheduling.k8s.io/group-name", Applications.APP_ID + "-podgroup");
        assertThat(spec.pod().getSpec().getSchedulerName()).isEqualTo("volcano");
        assertThat(spec.warnings()).isEmpty();
    }

    @Test
    void templateGivesAllButNameAndNamespace() throws IOException {
        Path template = Files.writeString(folder.resolve("podgroup.yaml"), """
                apiVersion: scheduling.volcano.sh/v1beta1
                kind: PodGroup
                metadata:
                  name: ignored
                  labels: {team: data}
                spec:
                  minMember: 1
                  minResources: {cpu: 2, memory: 3Gi}
                  priorityClassName: high
                  queue: etl
                """);
        PodGroup group = (PodGroup) volcano()
                .with(TEMPLATE, template.toString())
                .with(TEMPLATE_TEXT, "{\"kind\": \"PodGroup\", \"spec\": {\"queue\": \"other\"}}")
                .build()
                .preResources()
                .get(0);

        assertThat(group.getMetadata().getName()).isEqualTo(Applications.APP_ID + "-podgroup");
        assertThat(group.getMetadata().getLabels()).containsEntry("team", "data");
        assertThat(group.getSpec())
                .containsEntry("minMember", 1)
                .containsEntry("minResources", Map.of("cpu", "2", "memory", "3Gi"))
                .containsEntry("priorityClassName", "high")
                .containsEntry("queue", "etl");
    }

    @Test
    void templateMayBeATextOfTheConfiguration() {
        PodGroup group = (PodGroup) volcano()
                .with(TEMPLATE_TEXT, "{\"kind\": \"PodGroup\", \"spec\": {\"queue\": \"etl\"}}")
                .build()
                .preResources()
                .get(0);

        assertThat(group.getSpec()).containsExactly(Map.entry("queue", "etl"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kind: PodGroup;spec: {queue: x | line 2, column 16",
                "kind: Pod;spec: {} | not a PodGroup of Volcano",
                "just a text | cannot be read as a PodGroup",
                "kind: PodGroup;spec: [] | the value of spec has the wrong type"
            })
    void brokenTemplateIsNamedWithThePlace(String text, String problem) throws IOException {
        Path template = Files.writeString(folder.resolve("broken.yaml"), text.replace(";", "\n"));

        assertThatThrownBy(() -> volcano().with(TEMPLATE, template.toString()).build())
                .hasMessageContaining(TEMPLATE + " names " + template)
                .hasMessageContaining(problem);
    }

    @Test
    void missingTemplateIsNamed() {
        assertThatThrownBy(() -> volcano().with(TEMPLATE, "no/such.yaml").build())
                .hasMessageContaining(TEMPLATE)
                .hasMessageContaining("does not exist");
    }

    @Test
    void otherClassesStayRefusedByName() {
        assertThatThrownBy(() -> volcano().with(STEPS, CLASS + ",com.acme.Step").build())
                .hasMessageContaining(STEPS + " names com.acme.Step, but");
    }

    @Test
    void excludedStepIsLeftOut() {
        DriverSpec spec = volcano()
                .with("spark.kubernetes.driver.pod.excludedFeatureSteps", CLASS)
                .build();

        assertThat(spec.preResources()).isEmpty();
        assertThat(spec.pod().getMetadata().getAnnotations()).isNullOrEmpty();
    }

    @Test
    void groupWithoutSchedulerOrExecutorsIsWarnedOf() {
        List<String> warnings = Applications.java().with(STEPS, CLASS).build().warnings();

        assertThat(warnings)
                .anySatisfy(warning -> assertThat(warning).contains("spark.kubernetes.scheduler.name=volcano"))
                .anySatisfy(warning -> assertThat(warning).contains(EXECUTOR_STEPS + "=" + CLASS));
    }

    /** YuniKorn and Kueue need no class of Spark: a scheduler's name, labels and annotations are enough. */
    @Test
    void yuniKornTakesLabelsAndAnnotationsOfDriverAndExecutors() {
        DriverSpec spec = Applications.java()
                .with("spark.kubernetes.scheduler.name", "yunikorn")
                .with("spark.kubernetes.driver.label.queue", "root.etl")
                .with("spark.kubernetes.driver.annotation.yunikorn.apache.org/app-id", "{{APP_ID}}")
                .build();

        assertThat(spec.pod().getSpec().getSchedulerName()).isEqualTo("yunikorn");
        assertThat(spec.pod().getMetadata().getLabels()).containsEntry("queue", "root.etl");
        assertThat(spec.pod().getMetadata().getAnnotations())
                .containsEntry("yunikorn.apache.org/app-id", Applications.APP_ID);
    }

    @Test
    void kueueTakesTheLabelOfItsQueue() {
        DriverSpec spec = Applications.java()
                .with("spark.kubernetes.driver.label.kueue.x-k8s.io/queue-name", "etl")
                .build();

        assertThat(spec.pod().getMetadata().getLabels()).containsEntry("kueue.x-k8s.io/queue-name", "etl");
        assertThat(spec.warnings()).isEmpty();
    }
}
