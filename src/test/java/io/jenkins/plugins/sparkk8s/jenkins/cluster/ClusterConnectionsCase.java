package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with an API server of its own, and a Jenkins that has a token for it. */
abstract class ClusterConnectionsCase {
    static final Duration LONG = Duration.ofMinutes(5);

    final TestJenkins jenkins = new TestJenkins();
    KubernetesApiServer server;

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

    SparkCluster cluster() {
        SparkCluster cluster = new SparkCluster("test", server.url());
        cluster.setCaCertificate(server.caCertificatePem());
        cluster.setCredentialsId("admin");
        return cluster;
    }

    ClusterConnections connections(Duration linger) {
        return new ClusterConnections(linger, folder);
    }

    static void use(KubernetesClient client) {
        assertThat(client.pods().inNamespace("default").list().getItems()).isEmpty();
    }
}
