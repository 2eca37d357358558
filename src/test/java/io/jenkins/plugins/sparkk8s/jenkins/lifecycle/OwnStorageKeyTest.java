package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.util.Secret;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.model.SecretConf;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.staging.AzureServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job uploads with a key of its own for the storage, which the cluster has none for. */
@Timeout(180)
class OwnStorageKeyTest {
    private static final String KEY = "spark.hadoop.fs.azure.account.key." + AzureServer.ACCOUNT;
    private static final String CREDENTIAL = "azure-key";

    /** In conf, where the step may have it from withCredentials. */
    private static final String ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE";

    @TempDir
    Path home;

    @TempDir
    Path workspace;

    private TestController controller;
    private AzureServer storage;

    @BeforeEach
    void start() throws IOException {
        controller = new TestController(home);
        storage = new AzureServer();
        SparkCluster cluster = SparkClusters.get().getClusters().get(0);
        cluster.setUploadPath("abfs://uploads@%s/up".formatted(AzureServer.ACCOUNT));
        cluster.setConf(AzureServer.properties(storage.port()).entrySet().stream()
                        .filter(entry -> !entry.getKey().contains("account.key"))
                        .map(entry -> "spark.hadoop.%s=%s".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining("\n"))
                + "\nspark.kubernetes.submit.uploads=spark");
        SparkClusters.get().setClusters(List.of(cluster));
        CredentialsProvider.put(CREDENTIAL, new TextCredential(CREDENTIAL, AzureServer.KEY));
        Files.writeString(workspace.resolve("app.jar"), "a jar");
        controller.workspace(new FilePath(workspace.toFile(), new Agent(), () -> {}));
    }

    @AfterEach
    void stop() {
        controller.close();
        storage.close();
        CredentialsProvider.put(CREDENTIAL, null);
    }

    private Application submit() {
        SparkK8sSubmitStep step = new SparkK8sSubmitStep();
        step.setApplication("app.jar");
        step.setMainClass("com.acme.Report");
        step.setSecretConf(List.of(new SecretConf(KEY, CREDENTIAL)));
        step.setConf("spark.hadoop.dfs.replication=1\nspark.hadoop.fs.s3a.access.key=" + ACCESS_KEY);
        step.setFollowDriverLog("none");
        Application application = controller.application(step).start();
        await().until(() -> !controller.drivers().isEmpty());
        application.awaitDriver();
        assertThat(storage.files().values()).containsExactly("a jar".getBytes(StandardCharsets.UTF_8));
        return application;
    }

    @Test
    void itsUploadsAreRemovedWithThatKeyAtTheEnd() {
        Application application = submit();

        controller.driverRuns();
        controller.driverEnds(0);

        application.end.join();
        await().untilAsserted(() -> assertThat(storage.files()).isEmpty());
        assertThat(controller.log()).doesNotContain("could not be removed");
    }

    @Test
    void theKeyIsLookedUpAgainAfterARestart() throws Exception {
        Application application = submit();
        controller.restart();
        assertThat(application.record().uploadSettings())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("spark.hadoop.dfs.replication", "1", "spark.hadoop.fs.s3a.access.key", ACCESS_KEY));
        assertThat(SecretSinksCase.xstream().toXML(SparkApplicationsAction.of(controller.run)))
                .contains("spark.hadoop.fs.s3a.access.key")
                .doesNotContain(AzureServer.KEY, ACCESS_KEY);
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .doesNotContain(AzureServer.KEY, ACCESS_KEY);
            }
        }
        application.resume();

        controller.driverRuns();
        controller.driverEnds(0);

        application.end.join();
        await().untilAsserted(() -> assertThat(storage.files()).isEmpty());
    }

    @Test
    void theLogSaysWhichCredentialIsMissing() {
        Application application = submit();
        CredentialsProvider.put(CREDENTIAL, null);

        controller.driverRuns();
        controller.driverEnds(0);

        application.end.join();
        controller.awaitLog("There is no credential '%s' for %s that this job may use.".formatted(CREDENTIAL, KEY));
        assertThat(storage.files()).isNotEmpty();

        CredentialsProvider.put(CREDENTIAL, new TextCredential(CREDENTIAL, AzureServer.KEY));
        new UnattendedApplications(controller.context()).attend(controller.run, application.record());
        await().untilAsserted(() -> assertThat(storage.files()).isEmpty());
    }

    private static final class Agent extends Computer {
        @Override
        public String getName() {
            return "agent";
        }

        @Override
        public String getDisplayName() {
            return getName();
        }
    }

    private record TextCredential(String id, String text) implements StringCredentials {
        @Override
        public String getId() {
            return id;
        }

        @Override
        public String getDescription() {
            return id;
        }

        @Override
        public Secret getSecret() {
            return Secret.fromString(text);
        }
    }
}
