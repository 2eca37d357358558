package io.jenkins.plugins.sparkk8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pre-flight as a user of the command meets it: before anything is touched, and only when it is wanted. */
class PreflightSwitchTest {
    private static final String OFF = "spark.kubernetes.submit.preflight=false";

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();
    private KubernetesApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = KubernetesApiServer.builder().start();
        Files.writeString(folder.resolve("ca.crt"), server.caCertificatePem());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int submit(String application, String... settings) {
        List<String> arguments =
                new ArrayList<>(List.of("--master", "k8s://" + server.url(), "--deploy-mode", "cluster"));
        List<String> all = new ArrayList<>(List.of(
                "spark.kubernetes.container.image=spark:4.1.1",
                "spark.kubernetes.submission.waitAppCompletion=false",
                "spark.kubernetes.authenticate.submission.caCertFile=ca.crt",
                "spark.kubernetes.authenticate.submission.oauthToken=" + server.adminToken()));
        all.addAll(List.of(settings));
        all.forEach(setting -> arguments.addAll(List.of("--conf", setting)));
        arguments.addAll(List.of("--class", "a.B", application));
        SubmitterEnvironment environment = new SubmitterEnvironment(Map.of(), "jane", folder);
        Console console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(err, true));
        return new SubmitCommand(environment, console).execute(arguments.toArray(String[]::new));
    }

    private List<String> paths() {
        return server.requests().stream().map(RequestRecord::path).toList();
    }

    @Test
    void refusesWithAllFindingsBeforeAnythingIsUploadedOrCreated() throws IOException {
        Path uploads = Files.createDirectory(folder.resolve("uploads"));
        Path jar = Files.writeString(folder.resolve("app.jar"), "jar");

        int status = submit(
                jar.toString(),
                "spark.kubernetes.file.upload.path=file://" + uploads,
                "spark.kubernetes.driver.secrets.gone=/gone",
                "spark.kubernetes.executor.secrets.lost=/lost");

        assertThat(status).isEqualTo(ExitStatus.FAILURE);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("Error: spark.kubernetes.driver.secrets.gone: there is no Secret gone"),
                        line -> assertThat(line)
                                .startsWith("Error: spark.kubernetes.executor.secrets.lost: there is no Secret lost"));
        assertThat(uploads).isEmptyDirectory();
        assertThat(server.requests())
                .filteredOn(request -> !request.method().equals("GET"))
                .allSatisfy(request -> assertThat(request.path()).endsWith("reviews"));
    }

    @Test
    void submitsAfterAPreflightWithoutFindings() {
        assertThat(submit("local:///opt/app.jar")).isEqualTo(ExitStatus.SUCCESS);

        assertThat(err.toString()).isEmpty();
        assertThat(paths()).contains("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews");
    }

    @Test
    void asksNothingMoreWhenItIsSwitchedOff() {
        assertThat(submit("local:///opt/app.jar", OFF, "spark.kubernetes.driver.secrets.gone=/gone"))
                .isEqualTo(ExitStatus.SUCCESS);

        assertThat(paths())
                .isNotEmpty()
                .allMatch(path -> path.matches("/api/v1/namespaces/default/(pods|services|configmaps)(/.*)?"));
    }
}
