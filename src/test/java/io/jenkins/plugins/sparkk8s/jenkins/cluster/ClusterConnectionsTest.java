package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.AbortException;
import hudson.ProxyConfiguration;
import hudson.util.Secret;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConnectionsTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final TestJenkins jenkins = new TestJenkins();
    private KubernetesApiServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        server = KubernetesApiServer.builder().start();
        jenkins.token("admin", server.adminToken());
    }

    @AfterEach
    void stop() {
        server.close();
        jenkins.close();
    }

    private SparkCluster cluster() {
        SparkCluster cluster = new SparkCluster("test", server.url());
        cluster.setCaCertificate(server.caCertificatePem());
        cluster.setCredentialsId("admin");
        return cluster;
    }

    private ClusterConnections connections(Duration linger) {
        return new ClusterConnections(linger, folder);
    }

    private static void use(KubernetesClient client) {
        assertThat(client.pods().inNamespace("default").list().getItems()).isEmpty();
    }

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
    void buildsShareAClientAndTheLastOneClosesIt() throws Exception {
        ClusterConnections connections = connections(Duration.ZERO);
        ClusterConnection first = connections.open(cluster(), null);
        ClusterConnection second = connections.open(cluster(), null);
        assertThat(first.client()).isSameAs(second.client());

        first.close();
        first.close();
        use(second.client());
        assertThat(connections.openClients()).isEqualTo(1);

        second.close();
        await().untilAsserted(() -> assertThat(connections.openClients()).isZero());
    }

    @Test
    void anUnusedClientIsKeptForAWhile() throws Exception {
        ClusterConnections connections = connections(LONG);
        ClusterConnection first = connections.open(cluster(), null);
        KubernetesClient client = first.client();
        first.close();

        try (ClusterConnection again = connections.open(cluster(), null)) {
            assertThat(again.client()).isSameAs(client);
            use(again.client());
        }
    }

    @Test
    void otherSettingsGetAnotherClient() throws Exception {
        ClusterConnections connections = connections(LONG);
        SparkCluster other = cluster();
        other.setNamespace("reports");

        try (ClusterConnection one = connections.open(cluster(), null);
                ClusterConnection two = connections.open(other, null)) {
            assertThat(one.client()).isNotSameAs(two.client());
            assertThat(two.client().getNamespace()).isEqualTo("reports");
        }
    }

    @Test
    void readsAnExpiredTokenAgain() throws Exception {
        jenkins.token("admin", "expired");
        try (ClusterConnection connection = connections(LONG).open(cluster(), null)) {
            assertThatThrownBy(() -> use(connection.client())).isInstanceOf(KubernetesClientException.class);

            jenkins.token("admin", server.adminToken());

            use(connection.client());
        }
    }

    @Test
    void aWatchGetsANewTokenToo() throws Exception {
        ClusterConnections connections = connections(LONG);
        jenkins.token("admin", "expired");
        try (ClusterConnection connection = connections.open(cluster(), null)) {
            jenkins.token("admin", server.adminToken());

            try (Watch ignored = connection.client().pods().watch(new Watcher<>() {
                @Override
                public void eventReceived(Action action, Pod pod) {}

                @Override
                public void onClose(WatcherException cause) {}
            })) {
                await().until(() -> server.openWatches() == 1);
            }
        }
    }

    @Test
    void manyBuildsAtOnceNeverMeetAClosedClient() throws Exception {
        ClusterConnections connections = connections(Duration.ZERO);
        ExecutorService builds = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                all.add(builds.submit(() -> {
                    try (ClusterConnection connection = connections.open(cluster(), null)) {
                        use(connection.client());
                    }
                    return null;
                }));
            }
            for (Future<?> build : all) {
                build.get(1, TimeUnit.MINUTES);
            }
        } finally {
            builds.shutdownNow();
        }
        await().untilAsserted(() -> assertThat(connections.openClients()).isZero());
    }

    @Test
    void theProxyOfJenkinsIsUsedButForItsExceptions() {
        ProxyConfiguration proxy = new ProxyConfiguration("proxy.example.com", 3128);

        assertThat(ProxyServer.on(proxy, "https://k.example.com:6443"))
                .isEqualTo(new ProxyServer("http://proxy.example.com:3128", null, null));
        assertThat(ProxyServer.on(proxy, "https://127.0.0.1:6443")).isNull();
        assertThat(ProxyServer.on(null, "https://k.example.com:6443")).isNull();
    }

    @Test
    void aTokenThatIsStillRefusedIsNotTriedAgainAndAgain() throws Exception {
        jenkins.token("admin", "wrong");
        try (ClusterConnection connection = connections(LONG).open(cluster(), null)) {
            assertThatThrownBy(() -> use(connection.client()))
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            e -> assertThat(e.getCode()).isEqualTo(401));
            assertThat(server.requests()).hasSizeLessThan(3);
        }
    }

    @Test
    void aRenewedCredentialServesRunningBuildsToo() throws Exception {
        ClusterConnections connections = connections(LONG);
        jenkins.token("admin", "old");
        try (ClusterConnection running = connections.open(cluster(), null)) {
            jenkins.token("admin", server.adminToken());
            try (ClusterConnection next = connections.open(cluster(), null)) {
                assertThat(next.client()).isSameAs(running.client());
                use(running.client());
            }
        }
    }

    @Test
    void verifiesTheCertificateUnlessConfiguredOtherwise() throws Exception {
        SparkCluster cluster = cluster();
        cluster.setCaCertificate(null);
        cluster.setConf("spark.kubernetes.submission.connectionTimeout=1000\n"
                + "spark.kubernetes.submission.requestTimeout=1000");
        try (ClusterConnection connection = connections(LONG).open(cluster, null)) {
            assertThatThrownBy(() -> use(connection.client())).hasStackTraceContaining("PKIX");
        }
        assertThat(server.requests()).isEmpty();

        cluster.setSkipTlsVerify(true);
        try (ClusterConnection connection = connections(LONG).open(cluster, null)) {
            use(connection.client());
        }
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
    void usesAreTracked() throws Exception {
        try (ClusterConnection ignored = connections(LONG).open(cluster(), new TestRun())) {
            assertThat(CredentialsProvider.tracked()).hasSize(1);
        }
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
