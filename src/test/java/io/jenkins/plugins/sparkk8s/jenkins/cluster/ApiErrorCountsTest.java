package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as an error of an API server, with real requests. */
class ApiErrorCountsTest {
    private static final String DRIVER_API = "/api/v1/namespaces/default/pods/pi-driver:4040/proxy/api/v1/applications";

    private final TestJenkins jenkins = new TestJenkins();
    private KubernetesApiServer server;
    private ClusterConnections connections;
    private SparkCluster cluster;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        server = KubernetesApiServer.builder().start();
        jenkins.token("admin", server.adminToken());
        connections = new ClusterConnections(Duration.ZERO, folder);
        cluster = new SparkCluster("prod", server.url());
        cluster.setCaCertificate(server.caCertificatePem());
        cluster.setCredentialsId("admin");
    }

    @AfterEach
    void stop() {
        server.close();
        jenkins.close();
    }

    private void ask() throws Exception {
        try (ClusterConnection connection = connections.open(cluster, null)) {
            connection.client().pods().inNamespace("default").withName("none").get();
        }
    }

    private Map<String, Long> errors() {
        return connections.errors().of(cluster);
    }

    @Test
    void whatIsNotFoundIsNoError() throws Exception {
        ask();

        assertThat(errors())
                .containsOnlyKeys("failed", "overloaded", "refused", "unreachable")
                .allSatisfy((kind, count) -> assertThat(count).isZero());
    }

    @Test
    void countsEachRefusal() {
        server.faults().answer(100, RequestMatch.of("get", "pods"), 403);

        Assertions.assertThatThrownBy(this::ask).isInstanceOf(KubernetesClientException.class);

        assertThat(errors()).containsEntry("refused", 1L).containsEntry("failed", 0L);
    }

    /** The proxy answers 503 for each application whose driver has no REST API yet, or no longer. */
    @ParameterizedTest
    @CsvSource({"500, 0, 0", "502, 0, 0", "503, 0, 0", "403, 0, 1"})
    void aDriverThatDoesNotAnswerIsNoErrorOfTheServer(int code, long failed, long refused) throws Exception {
        server.faults().answer(100, RequestMatch.of("get", "pods/proxy"), code);

        try (ClusterConnection connection = connections.open(cluster, null)) {
            Assertions.assertThatThrownBy(() -> connection.client().raw(DRIVER_API))
                    .isInstanceOf(KubernetesClientException.class);
        }

        assertThat(errors()).containsEntry("failed", failed).containsEntry("refused", refused);
    }

    @Test
    void anotherClusterOfTheSameServerHasTheSame() {
        server.faults().answer(100, RequestMatch.of("get", "pods"), 403);
        Assertions.assertThatThrownBy(this::ask).isInstanceOf(KubernetesClientException.class);

        assertThat(connections.errors().of(new SparkCluster("test", server.url())))
                .containsEntry("refused", 1L);
        assertThat(connections.errors().of(new SparkCluster("other", "https://other.example.com")))
                .containsEntry("refused", 0L);
    }

    @Test
    void countsAServerThatIsNotThere() {
        server.close();

        Assertions.assertThatThrownBy(this::ask).isInstanceOf(KubernetesClientException.class);

        assertThat(errors().get("unreachable")).isPositive();
    }

    @Test
    void knowsTheKindsByTheirCodes() {
        ApiErrorCounts counts = new ApiErrorCounts();
        for (int code : new int[] {401, 403, 404, 409, 410, 422, 429, 500, 503}) {
            counts.status(server.url(), code);
        }

        assertThat(counts.of(cluster))
                .containsEntry("refused", 2L)
                .containsEntry("overloaded", 1L)
                .containsEntry("failed", 2L)
                .containsEntry("unreachable", 0L);
    }
}
