package io.jenkins.plugins.sparkk8s.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.AccessRules;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.submission.DriverSubmitter;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import io.jenkins.plugins.sparkk8s.submission.SubmissionListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Roles of docs/preflight.md are enough for all that is checked and for all that is done. */
class PreflightRolesTest {
    private static final String NAMESPACE = "spark";
    private static final String SUBMITTER = AccessRules.serviceAccount("ci", "jenkins");
    private static final String DRIVER = AccessRules.serviceAccount(NAMESPACE, "spark");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private KubernetesApiServer server;
    private KubernetesClient admin;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server = KubernetesApiServer.builder().tls(false).start();
        admin = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
        account("ci", "jenkins");
        account(NAMESPACE, "spark");
        Config config = server.clientConfig(server.token("ci", "jenkins"));
        config.setNamespace(NAMESPACE);
        client = new KubernetesClientBuilder().withConfig(config).build();
        grant("spark-submitter", SUBMITTER);
        grant("spark-driver", DRIVER);
    }

    private void account(String namespace, String name) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    /** Nothing but the Role, and what every Kubernetes user may ask about itself. */
    private void grant(String role, String user) throws IOException {
        List<String> all = List.of("*");
        server.rights().deny(user, all, all, all, "*");
        server.rights()
                .allow(
                        user,
                        List.of("create"),
                        List.of("authorization.k8s.io"),
                        List.of("selfsubjectaccessreviews", "selfsubjectrulesreviews"),
                        "*");
        role(role)
                .getRules()
                .forEach(rule -> server.rights()
                        .allow(user, rule.getVerbs(), rule.getApiGroups(), rule.getResources(), NAMESPACE));
    }

    private static Role role(String name) throws IOException {
        return YAML.matcher(Files.readString(Path.of("docs", "preflight.md")))
                .results()
                .map(MatchResult::group)
                .flatMap(block -> List.of(block.replaceAll("```(yaml)?", "").split("\n---\n")).stream())
                .filter(text -> text.contains("kind: Role\n") && text.contains("name: " + name + "\n"))
                .map(text -> Serialization.unmarshal(text, Role.class))
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        client.close();
        admin.close();
        server.close();
    }

    private static Applications application() {
        return Applications.java()
                .with("spark.kubernetes.namespace", NAMESPACE)
                .with("spark.kubernetes.authenticate.driver.serviceAccountName", "spark");
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "statefulset"})
    void areEnoughForEverythingThatIsChecked(String allocator) throws Exception {
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("db")
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("fast")
                        .endMetadata()
                        .withProvisioner("example.com/disk")
                        .build())
                .create();
        Applications application = application()
                .with("spark.kubernetes.allocation.pods.allocator", allocator)
                .with("spark.kubernetes.executor.decommissionLabel", "leaving")
                .with("spark.kubernetes.executor.secrets.db", "/db");
        for (String role : List.of("driver", "executor")) {
            String volume = "spark.kubernetes.%s.volumes.persistentVolumeClaim.x.".formatted(role);
            application = application
                    .with(volume + "mount.path", "/x")
                    .with(volume + "options.claimName", "OnDemand")
                    .with(volume + "options.storageClass", "fast")
                    .with(volume + "options.sizeLimit", "1Gi");
        }

        PreflightReport report = Preflight.run(client, application.example());

        assertThat(report.errors()).isEmpty();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.unchecked()).singleElement().asString().contains("permission to get storageclasses: fast (");
    }

    @Test
    void areEnoughToSubmit() throws Exception {
        SubmissionHandle handle = DriverSubmitter.submit(
                client, application().build(), DriverSubmitter.Attempt.FIRST, new SubmissionListener() {});

        assertThat(handle.createdDriverPodUid()).isPresent();
    }
}
