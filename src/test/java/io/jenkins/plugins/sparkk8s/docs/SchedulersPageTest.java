package io.jenkins.plugins.sparkk8s.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.conf.Misspellings;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.kubernetes.PodGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of docs/schedulers.md make the pods that the schedulers ask for. */
class SchedulersPageTest {
    private static final Path PAGE = Path.of("docs", "schedulers.md");
    private static final Pattern OPTION = Pattern.compile("^--conf (\\S+?)=(\\S+)$", Pattern.MULTILINE);
    private static final Pattern TEMPLATE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private DriverSpec recipe(String name) throws IOException {
        String section =
                Files.readString(PAGE).split("\n## " + name + "\n", 2)[1].split("\n## ", 2)[0];
        Applications application = Applications.java();
        var options = OPTION.matcher(section);
        while (options.find()) {
            application = application.with(options.group(1), options.group(2).replace("podgroup.yaml", podGroup()));
        }
        assertThat(Misspellings.warnings(application.conf())).isEmpty();
        DriverSpec spec = application.build();
        assertThat(spec.warnings()).isEmpty();
        return spec;
    }

    private String podGroup() throws IOException {
        var template = TEMPLATE.matcher(Files.readString(PAGE));
        assertThat(template.find()).isTrue();
        return Files.writeString(folder.resolve("podgroup.yaml"), template.group(1))
                .toString();
    }

    @Test
    void volcano() throws IOException {
        DriverSpec spec = recipe("Volcano");

        assertThat(spec.pod().getSpec().getSchedulerName()).isEqualTo("volcano");
        assertThat(spec.preResources())
                .singleElement()
                .isInstanceOfSatisfying(
                        PodGroup.class,
                        group -> assertThat(group.getSpec())
                                .containsEntry("queue", "etl")
                                .containsEntry("minMember", 1));
    }

    @Test
    void yuniKorn() throws IOException {
        DriverSpec spec = recipe("YuniKorn");

        assertThat(spec.pod().getSpec().getSchedulerName()).isEqualTo("yunikorn");
        assertThat(spec.pod().getMetadata().getLabels()).containsEntry("queue", "root.etl");
        assertThat(spec.pod().getMetadata().getAnnotations())
                .containsEntry("yunikorn.apache.org/app-id", Applications.APP_ID);
        assertThat(spec.properties().get("spark.kubernetes.executor.annotation.yunikorn.apache.org/app-id"))
                .contains("{{APP_ID}}");
    }

    @Test
    void kueue() throws IOException {
        DriverSpec spec = recipe("Kueue");

        assertThat(spec.pod().getMetadata().getLabels()).containsEntry("kueue.x-k8s.io/queue-name", "etl");
        assertThat(spec.pod().getSpec().getSchedulerName()).isNull();
    }
}
