package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.util.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of credential that a cluster can have, and what is refused. */
class ClusterIdentitiesTest extends ClusterConnectionsCase {
    @Test
    void aTokenGetsIn() throws Exception {
        try (ClusterConnection connection = connections(Duration.ZERO).open(cluster(), null)) {
            use(connection.client());
            assertThat(connection.client().getNamespace()).isEqualTo("default");
        }
    }

    @Test
    void userAndPasswordAreSentAsBasic() {
        assertThat(Identity.of(null, "jane", "p", null, null, null).authorization())
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString("jane:p".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theControllersOwnServiceAccountIsUsedOnlyWhenTicked() throws Exception {
        Files.writeString(folder.resolve("token"), server.adminToken() + "\n");
        Files.writeString(folder.resolve("ca.crt"), server.caCertificatePem());
        SparkCluster cluster = new SparkCluster("own", server.url());

        cluster.setInCluster(true);
        try (ClusterConnection connection = connections(LONG).open(cluster, null)) {
            use(connection.client());
        }

        cluster.setInCluster(false);
        cluster.setCaCertificate(server.caCertificatePem());
        try (ClusterConnection connection = connections(LONG).open(cluster, null)) {
            assertThatThrownBy(() -> use(connection.client()))
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            e -> assertThat(e.getCode()).isIn(401, 403));
        }
    }

    @Test
    void readsTheTokenOfTheServiceAccountAgain() throws Exception {
        Files.writeString(folder.resolve("token"), "expired");
        Files.writeString(folder.resolve("ca.crt"), server.caCertificatePem());
        SparkCluster cluster = new SparkCluster("own", server.url());
        cluster.setInCluster(true);
        try (ClusterConnection connection = connections(LONG).open(cluster, null)) {
            Files.writeString(folder.resolve("token"), server.adminToken());

            use(connection.client());
        }
    }

    @Test
    void refusesAControllerWithoutServiceAccount() {
        SparkCluster cluster = new SparkCluster("own", null);
        cluster.setInCluster(true);

        assertThatThrownBy(() -> connections(LONG).open(cluster, null))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("choose credentials");
    }

    @Test
    void theUserOfAKubeconfigGetsIn() throws Exception {
        jenkins.kubeconfig("file", server.kubeconfig());
        SparkCluster cluster = new SparkCluster("test", server.url());
        cluster.setCredentialsId("file");

        try (ClusterConnection connection = connections(LONG).open(cluster, null)) {
            use(connection.client());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: /bin/touch, args: [%s]}",
                "auth-provider: {name: gcp, config: {cmd-path: /bin/touch}}",
                "tokenFile: %s",
                "client-certificate: %s",
                "client-key: %s",
                "as: system:admin"
            })
    void aKubeconfigWithTricksIsRefused(String trick) {
        Path trace = folder.resolve("trace");
        jenkins.kubeconfig("file", server.kubeconfig().replaceFirst("token: .*", trick.formatted(trace)));
        SparkCluster cluster = cluster();
        cluster.setCredentialsId("file");

        assertThatThrownBy(() -> connections(LONG).open(cluster, null))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("uses " + trick.replaceFirst(":.*", ""));
        assertThat(trace).doesNotExist();
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t", "", "a: [s3cr3t", "!!javax.script.ScriptEngineManager [s3cr3t]", "users: s3cr3t"})
    void whatIsNoKubeconfigIsRefusedAndNotShown(String text) {
        jenkins.kubeconfig("file", text);
        SparkCluster cluster = cluster();
        cluster.setCredentialsId("file");

        assertThatThrownBy(() -> connections(LONG).open(cluster, null))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("credential file")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void theServerOfAKubeconfigDoesNotMatter() throws Exception {
        jenkins.kubeconfig("file", server.kubeconfig().replaceFirst("server: .*", "server: https://evil.example.com"));
        SparkCluster cluster = cluster();
        cluster.setCredentialsId("file");

        try (ClusterConnection connection = connections(LONG).open(cluster, null)) {
            use(connection.client());
            assertThat(connection.client().getMasterUrl().getHost()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void filesThatACredentialSetsAreLeftBehind() throws Exception {
        jenkins.credential(
                "admin",
                builder -> builder.withOauthToken(server.adminToken())
                        .withCaCertFile("/etc/passwd")
                        .withTrustCerts(true));
        try (ClusterConnection connection = connections(LONG).open(cluster(), null)) {
            assertThat(connection.client().getConfiguration().getCaCertFile()).isNull();
            assertThat(connection.client().getConfiguration().isTrustCerts()).isFalse();
            assertThat(connection.client().getConfiguration().getOauthToken()).isNull();
        }
    }

    @Test
    void theLineBreakAfterATokenDoesNotMatter() throws Exception {
        jenkins.token("admin", server.adminToken() + "\r\n");
        try (ClusterConnection connection = connections(LONG).open(cluster(), null)) {
            use(connection.client());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"apiVersion: v1\nkind: s3cr3t", "s3cr3t\u200b", "s3cr\u00e9t"})
    void whatIsNoTokenIsRefusedAndNotShown(String text) {
        jenkins.token("admin", text);

        assertThatThrownBy(() -> connections(LONG).open(cluster(), null))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("The credential admin of the cluster is not a token")
                .hasMessageNotContaining("s3cr");
    }

    @Test
    void aMissingCredentialIsNamed() {
        SparkCluster cluster = cluster();
        cluster.setCredentialsId("gone");

        assertThatThrownBy(() -> connections(LONG).open(cluster, null))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("The credential gone of the cluster does not exist");
    }

    @Test
    void aCredentialThatCannotBeUsedIsNamedWithoutItsContent() {
        jenkins.credential("admin", builder -> {
            throw new IllegalStateException("s3cr3t");
        });

        assertThatThrownBy(() -> connections(LONG).open(cluster(), null))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("admin")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void nothingShowsASecret() {
        Identity identity = Identity.of("s3cr3t", null, null, "s3cr3t", "s3cr3t", null);
        SparkCluster cluster = cluster();
        ConnectionSettings settings = ConnectionSettings.of(
                cluster,
                new CredentialIdentity("admin", cluster.apiServer(), null, false),
                identity,
                new ProxyServer("http://p:1", "u", Secret.fromString("s3cr3t")));

        assertThat(identity.toString() + settings + cluster).doesNotContain("s3cr3t");
    }
}
