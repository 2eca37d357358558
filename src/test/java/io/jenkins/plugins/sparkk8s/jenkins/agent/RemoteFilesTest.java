package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates and properties on another file system: a view of a local folder, which has a scheme of its own. */
class RemoteFilesTest {
    private static final String TEMPLATE = """
            kind: Pod
            metadata:
              labels: {team: reports}
            spec:
              containers: [{name: main}]
            """;

    @TempDir
    Path home;

    private Path share;
    private Workspace workspace;

    @BeforeEach
    void files() throws IOException {
        workspace = new Workspace(home);
        share = Files.createDirectories(home.resolve("share/spark"));
        Files.writeString(share.resolve("pod.yaml"), TEMPLATE);
        Files.writeString(share.resolve("spark.conf"), "spark.acme.level 7\n");
        Files.createDirectory(share.resolve("folder"));
        Files.write(share.resolve("big.yaml"), new byte[1024 * 1024 + 1]);
        Files.writeString(Files.createDirectory(home.resolve("share/secret")).resolve("pod.yaml"), TEMPLATE);
    }

    /** Folders of other names are not the administrator's. */
    private Requests request() {
        return Requests.ofImage()
                .cluster("spark.hadoop.fs.viewfs.mounttable.c.link./share", "file://" + home.resolve("share"))
                .policy(new UploadPolicy("viewfs://c/share/up", List.of("viewfs://c/share/spark")));
    }

    private static void assertHasAll(DriverSpec spec) {
        assertThat(spec.pod().getMetadata().getLabels()).containsEntry("team", "reports");
        assertThat(spec.properties().get("spark.acme.level")).contains("7");
        assertThat(spec.dependants())
                .filteredOn(ConfigMap.class::isInstance)
                .anySatisfy(object -> assertThat(((ConfigMap) object).getData().values())
                        .anyMatch(text -> text.contains("team: reports")));
    }

    @Test
    void areReadByAnAgentAndByTheController() throws Exception {
        Requests request = request()
                .files("driverPodTemplate", "viewfs://c/share/spark/pod.yaml")
                .files("executorPodTemplate", "viewfs://c/share/spark/pod.yaml")
                .files("propertiesFile", "viewfs://c/share/spark/spark.conf");

        assertHasAll(workspace.check(request).preview());
        assertHasAll(workspace.stage(request).preview());
        assertHasAll(workspace.checkOnBuiltInNode(request).preview());
        assertHasAll(workspace.checkWithoutNode(request).preview());
    }

    @Test
    void areReadForKeysOfConfToo() throws Exception {
        DriverSpec spec = workspace
                .check(request().conf("spark.kubernetes.driver.podTemplateFile", "viewfs://c/share/spark/pod.yaml"))
                .preview();

        assertThat(spec.pod().getMetadata().getLabels()).containsEntry("team", "reports");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "viewfs://c/share/secret/pod.yaml | are read only below the cluster's upload path",
                "viewfs://c/share/spark/../secret/pod.yaml | are read only below the cluster's upload path",
                "viewfs://c/share/spark2/pod.yaml | are read only below the cluster's upload path",
                "hdfs://127.0.0.1:1/pod.yaml | are read only below the cluster's upload path",
                "http://127.0.0.1:1/pod.yaml | are read only below the cluster's upload path",
                "viewfs://c/share/spark/gone.yaml | does not exist. Correct the path.",
                "viewfs://c/share/spark/folder | a folder. Name a file.",
                "viewfs://c/share/spark/big.yaml | may have 1.0 MiB at most",
            })
    void areRefusedInOneSentence(String location, String sentence) {
        for (String argument : List.of("driverPodTemplate", "executorPodTemplate", "propertiesFile")) {
            Requests request = request().files(argument, location);
            AbortException failure = Workspace.refusal(() -> workspace.check(request));

            assertThat(failure)
                    .as(argument)
                    .hasMessageContaining(location)
                    .hasMessageContaining(sentence)
                    .message()
                    .hasLineCount(1);
            assertThat(Workspace.refusal(() -> workspace.checkWithoutNode(request)))
                    .hasMessageContaining(sentence);
        }
    }

    @Test
    void fileSystemThatDoesNotAnswerIsAFailureThatIsRetried() {
        Requests request = request()
                .policy(new UploadPolicy("hdfs://127.0.0.1:1/up", List.of()))
                .cluster("spark.hadoop.ipc.client.connect.max.retries", "0")
                .files("driverPodTemplate", "hdfs://127.0.0.1:1/up/pod.yaml");

        AbortException failure = Workspace.refusal(() -> workspace.check(request));

        assertThat(failure)
                .isInstanceOf(UploadFailedException.class)
                .hasMessageContaining("hdfs://127.0.0.1:1/up/pod.yaml, which cannot be read: no server answers");
        assertThat(((UploadFailedException) failure).isRefusal()).isFalse();
    }
}
