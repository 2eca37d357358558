package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceSubmissionTest {
    private static final String DIRECTORY = "spark-upload-00112233445566778899aabbccddeeff-";

    @TempDir
    Path home;

    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = new Workspace(home);
    }

    private Requests request() {
        return Requests.ofImage().uploadTo(workspace.uploadPath());
    }

    @Test
    void stagesFilesOfTheWorkspace() throws Exception {
        workspace.file("target/report.jar", "jar");
        workspace.file("lib/b.jar", "b");
        workspace.file("lib/a.jar", "a");

        PreparedSubmission prepared =
                workspace.stage(request().main("target/*.jar", "a.B").files("jars", "lib/*.jar, hdfs://nn/c.jar"));

        DriverSpec spec = prepared.driverSpec();
        assertThat(spec.properties().get("spark.jars"))
                .hasValue("%s1/a.jar,%s2/b.jar,%s3/report.jar,hdfs://nn/c.jar"
                        .replace("%s", workspace.uploadPath() + "/" + DIRECTORY));
        assertThat(workspace.uploaded())
                .containsExactly(DIRECTORY + "1/a.jar", DIRECTORY + "2/b.jar", DIRECTORY + "3/report.jar");
        assertThat(prepared.uploadDirectories()).hasSize(3);
        assertThat(prepared.bytes()).isEqualTo(5);
        assertThat(prepared.applicationName()).isEqualTo("daily");
        assertThat(spec.namespace()).isEqualTo("reports");
        assertThat(workspace.logLines()).hasSize(3).first().asString().startsWith("[upload] a.jar → file:");
    }

    @Test
    void checkUploadsNothing() throws Exception {
        workspace.file("target/report.jar", "jar");

        DriverSpec spec =
                workspace.check(request().main("target/report.jar", "a.B")).driverSpec();

        assertThat(spec.podName()).isEqualTo("daily-aaaaaaaaaaaaaaaa-driver");
        assertThat(workspace.nothingUploaded()).isTrue();
        assertThat(workspace.logLines()).isEmpty();
    }
}
