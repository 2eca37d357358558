package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkspaceSubmissionTest extends WorkspaceCase {
    @Test
    void reportsAConnectionThatBreaksDuringTheCall() {
        assertThatThrownBy(() -> WorkspaceSubmission.there(() -> {
                    throw new RequestAbortedException(new ClosedChannelException());
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the connection to the agent was lost")
                .hasMessageContaining("ClosedChannelException");
    }

    @Test
    void stagesFilesOfTheWorkspace() throws Exception {
        workspace.file("target/report.jar", "jar");
        workspace.file("lib/b.jar", "b");
        workspace.file("lib/a.jar", "a");

        PreparedSubmission prepared =
                workspace.stage(request().main("target/*.jar", "a.B").files("jars", "lib/*.jar, hdfs://nn/c.jar"));

        DriverSpec spec = prepared.preview();
        assertThat(spec.properties().get("spark.jars"))
                .hasValue("%s1/a.jar,%s2/b.jar,%s3/report.jar,hdfs://nn/c.jar"
                        .replace("%s", workspace.uploadPath() + "/" + DIRECTORY));
        assertThat(workspace.uploaded())
                .containsExactly(DIRECTORY + "1/a.jar", DIRECTORY + "2/b.jar", DIRECTORY + "3/report.jar");
        assertThat(prepared.uploadDirectories()).hasSize(3);
        assertThat(prepared.bytes()).isEqualTo(5);
        assertThat(prepared.applicationName()).isEqualTo("daily");
        assertThat(spec.namespace()).isEqualTo("reports");
        assertThat(workspace.logLines()).hasSize(3).anyMatch(line -> line.startsWith("[upload] a.jar → file:"));
    }

    @Test
    void checkReportsTheUploadDirectories() throws Exception {
        workspace.file("target/report.jar", "jar");
        workspace.file("src/a.py", "1");
        Requests request = request().main("target/report.jar", "a.B").files("pyFiles", "src, src/*.py");

        List<String> planned = workspace.check(request).uploadDirectories();

        assertThat(planned).hasSize(3).isEqualTo(workspace.stage(request).uploadDirectories());
    }

    @Test
    void checkUploadsNothing() throws Exception {
        workspace.file("target/report.jar", "jar");

        DriverSpec spec =
                workspace.check(request().main("target/report.jar", "a.B")).preview();

        assertThat(spec.podName()).isEqualTo("daily-aaaaaaaaaaaaaaaa-driver");
        assertThat(workspace.nothingUploaded()).isTrue();
        assertThat(workspace.logLines()).isEmpty();
    }

    private static String property(PreparedSubmission prepared, String key) {
        return prepared.preview().properties().get(key).orElse(null);
    }

    @Test
    void laterSourcesOfConfigurationWin() throws Exception {
        workspace.file("spark.properties", "spark.b file\nspark.c file\nspark.d file\nother x\n");
        workspace.file("a.jar", "a");

        PreparedSubmission prepared = workspace.check(request()
                .cluster("spark.a", "cluster")
                .cluster("spark.b", "cluster")
                .cluster("spark.c", "cluster")
                .files("propertiesFile", "spark.properties")
                .conf("spark.c", "step")
                .conf("spark.d", "step")
                .conf("spark.jars", "local:///of-conf.jar")
                .files("jars", "a.jar")
                .secret("spark.d", "secret"));

        assertThat(property(prepared, "spark.a")).isEqualTo("cluster");
        assertThat(property(prepared, "spark.b")).isEqualTo("file");
        assertThat(property(prepared, "spark.c")).isEqualTo("step");
        assertThat(property(prepared, "spark.d")).isEqualTo("secret");
        assertThat(property(prepared, "spark.jars")).endsWith("a.jar,local:///opt/app.jar");
        assertThat(prepared.preview().properties().secretKeys()).containsExactly("spark.d");
        assertThat(prepared.warnings())
                .contains(
                        "other is set in the properties file spark.properties, but ignored: the keys of Spark properties start with spark.");
    }

    @Test
    void laterPropertiesFilesWin() throws Exception {
        workspace.file("common.properties", "spark.a common\nspark.b common\n");
        workspace.file("prod.properties", "spark.b prod\n");

        PreparedSubmission prepared =
                workspace.check(request().files("propertiesFile", "common.properties, prod.properties"));

        assertThat(property(prepared, "spark.a")).isEqualTo("common");
        assertThat(property(prepared, "spark.b")).isEqualTo("prod");
    }

    @Test
    void eachErrorIsALine() {
        AbortException refusal = Workspace.refusal(() -> workspace.check(request()
                .main("gone.jar", "a.B")
                .files("jars", "lib/*.jar")
                .conf("spark.master", "k8s://https://evil")));

        assertThat(refusal.getMessage().lines()).hasSize(3);
    }

    @Test
    void aWorkspaceOnTheBuiltInNodeResolvesNoRemotePattern() {
        Requests request =
                Requests.ofImage().uploadTo("hdfs://nn:8020/lib").conf("spark.jars", "hdfs://nn:8020/lib/*.jar");

        assertThat(Workspace.refusal(() -> workspace.checkOnBuiltInNode(request)))
                .hasMessageContaining(
                        "The pattern hdfs://nn:8020/lib/*.jar is not resolved, since the step runs on the controller");
    }

    @Test
    void twoBuildsAtOnceDoNotMeet() throws Exception {
        workspace.file("src/a.py", "x".repeat(1_000_000));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<PreparedSubmission>> builds = new ArrayList<>();
            for (String digit : List.of("1", "2")) {
                Requests own =
                        request().identity(Requests.identity(digit.repeat(32))).files("pyFiles", "src");
                builds.add(threads.submit(() -> workspace.stage(own)));
            }
            for (Future<PreparedSubmission> build : builds) {
                assertThat(build.get(1, TimeUnit.MINUTES).uploadDirectories()).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(workspace.uploaded())
                .containsExactly(
                        "spark-upload-%s-1/src.zip".formatted("1".repeat(32)),
                        "spark-upload-%s-1/src.zip".formatted("2".repeat(32)));
        assertThat(home.resolve("ws@tmp")).isEmptyDirectory();
    }

    @Test
    void repeatWritesToTheSamePlace() throws Exception {
        workspace.file("a.txt", "first try");
        Requests request = request().files("files", "a.txt");
        PreparedSubmission first = workspace.stage(request);
        workspace.file("a.txt", "second");

        PreparedSubmission again = workspace.stage(request);

        assertThat(again.uploadDirectories()).isEqualTo(first.uploadDirectories());
        assertThat(workspace.uploads().resolve(DIRECTORY + "1/a.txt")).hasContent("second");
    }

    @Test
    void slowUploadReportsProgress() throws Exception {
        workspace.file("big.bin", "x".repeat(400_000));
        List<String> lines = new ArrayList<>();
        SubmissionRequest request = request().files("files", "big.bin").build();
        SubmitterEnvironment environment = new SubmitterEnvironment(Map.of(), "jane", workspace.root());

        PreparedSubmission prepared = new SubmissionRun(
                        request, LocalWorkspace.none(environment), false, new TickingClock())
                .stage(lines::add);

        assertThat(lines).hasSizeGreaterThan(1);
        assertThat(lines.get(0)).matches("\\[upload\\] big.bin: .* KiB of 390.6 KiB \\(\\d+ %, .*/s, \\d+ s left\\)");
        assertThat(lines.get(lines.size() - 1)).matches("\\[upload\\] big.bin → file:.*/big.bin \\(390.6 KiB, .*/s\\)");
        assertThat(prepared.time()).isGreaterThan(Duration.ofSeconds(10));
    }

    /** Every look at it takes three seconds. */
    private static final class TickingClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            now = now.plusSeconds(3);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("one zone is enough");
        }
    }

    @Test
    void logHasNeitherSecretsNorControlCharacters() throws Exception {
        workspace.file("swordfish\u001b[8mha\u0007.txt", "a");

        workspace.stage(request().files("files", "*.txt").secret("spark.app.password", "swordfish"));

        assertThat(workspace.logLines())
                .singleElement()
                .asString()
                .contains("?[8mha?.txt")
                .doesNotContain("swordfish", "\u001b");
    }
}
