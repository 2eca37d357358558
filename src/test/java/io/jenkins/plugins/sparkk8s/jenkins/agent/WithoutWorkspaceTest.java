package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import hudson.AbortException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A step outside of node runs on the controller, whose files a job must not read. */
class WithoutWorkspaceTest {
    @TempDir
    Path home;

    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = new Workspace(home);
    }

    private void assertRefused(Requests request, String... parts) {
        AbortException refusal = Workspace.refusal(() -> workspace.checkWithoutNode(request));
        assertThat(refusal).isNotNull().hasMessageContainingAll(parts);
    }

    @Test
    void applicationOfTheImageNeedsNoNode() throws Exception {
        PreparedSubmission prepared = workspace.checkWithoutNode(Requests.ofImage());

        assertThat(prepared.preview().podName()).isEqualTo("daily-aaaaaaaaaaaaaaaa-driver");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jars",
                "files",
                "archives",
                "pyFiles",
                "propertiesFile",
                "driverPodTemplate",
                "executorPodTemplate"
            })
    void fileArgumentsNeedANode(String argument) {
        assertRefused(
                Requests.ofImage().files(argument, "some/file"),
                argument + " names ",
                "some/file, which is a local file, but the step has no workspace. Wrap the step in node { }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.jar", "/etc/passwd", "file:///etc/passwd", "target/*.jar"})
    void applicationFileNeedsANode(String application) {
        assertRefused(Requests.ofImage().main(application, "a.B"), "application names ", "Wrap the step in node { }");
    }

    @ParameterizedTest
    @CsvSource({
        "spark.jars, /etc/passwd",
        "spark.files, file:/etc/*",
        "spark.archives, secrets/x",
        "spark.submit.pyFiles, /etc/passwd",
        "spark.kubernetes.driver.podTemplateFile, /etc/passwd",
        "spark.kubernetes.executor.podTemplateFile, local:///etc/passwd",
        "spark.kubernetes.authenticate.driver.caCertFile, /etc/passwd",
        "spark.kubernetes.kerberos.krb5.path, /etc/krb5.conf",
        "spark.home, /opt/spark",
    })
    void keysThatNameLocalFilesNeedANode(String key, String value) {
        assertRefused(Requests.ofImage().conf(key, value), key + " names ", "Wrap the step in node { }");
    }

    @Test
    void controllerResolvesNoPatternOfAJob() {
        String pattern = "hdfs://internal:8020/lib/*.jar";

        assertRefused(
                Requests.ofImage().uploadTo("hdfs://internal:8020/lib").conf("spark.jars", pattern),
                "The pattern " + pattern + " is not resolved, since the step runs on the controller");
    }

    /** Whatever host a job, or a record of earlier times, names: nothing is sent there. */
    @Test
    void controllerSendsNothingToAHostThatAJobNamed() throws Exception {
        String directory = "/spark-upload-00112233445566778899aabbccddeeff-1";
        AtomicInteger connections = new AtomicInteger();
        HttpServer host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/", exchange -> {
            connections.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        host.start();
        try {
            String named = "webhdfs://127.0.0.1:%d".formatted(host.getAddress().getPort());
            UploadPolicy policy = new UploadPolicy("hdfs://nn/up", List.of(named + "/teams"));

            assertThat(WorkspaceSubmission.delete(
                            List.of(named + "/mine" + directory),
                            Map.of(),
                            UploadAccess.withoutCredential(policy),
                            null,
                            Requests.UNKNOWN))
                    .singleElement()
                    .asString()
                    .contains("the controller contacts only upload paths of the cluster's configuration");
            assertThat(connections).hasValue(0);
            WorkspaceSubmission.delete(
                    List.of(named + "/teams" + directory),
                    Map.of(),
                    UploadAccess.withoutCredential(policy),
                    null,
                    Requests.UNKNOWN);
            assertThat(connections).hasPositiveValue();
        } finally {
            host.stop(0);
        }
    }

    @Test
    void controllerRemovesOnlyWhatIsBelowTheConfiguredLocalPath() throws Exception {
        String name = "spark-upload-00112233445566778899aabbccddeeff-1";
        Path own = Files.createDirectory(workspace.uploads().resolve(name));
        Path other = Files.createDirectory(home.resolve(name));
        UploadPolicy policy = new UploadPolicy(workspace.uploadPath(), List.of());

        assertThat(WorkspaceSubmission.delete(
                        List.of("file:" + own, "file:" + other),
                        Map.of(),
                        UploadAccess.withoutCredential(policy),
                        null,
                        Requests.UNKNOWN))
                .singleElement()
                .asString()
                .contains("file:" + other, "could not be removed: the agent that uploaded it is offline");
        assertThat(own).doesNotExist();
        assertThat(other).exists();
    }
}
