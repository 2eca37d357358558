package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.ProxyConfiguration;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClusterConnectionsTest extends ClusterConnectionsCase {
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
    void usesAreTracked() throws Exception {
        try (ClusterConnection ignored = connections(LONG).open(cluster(), new TestRun())) {
            assertThat(CredentialsProvider.tracked()).hasSize(1);
        }
    }
}
