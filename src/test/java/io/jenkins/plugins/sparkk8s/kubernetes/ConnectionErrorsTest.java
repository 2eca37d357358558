package io.jenkins.plugins.sparkk8s.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a user reads when the API server cannot be reached. */
class ConnectionErrorsTest extends ApiErrorsCase {
    @Test
    void aLoginPageIsNoApiServer() throws IOException {
        HttpServer page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<html>Log in</html>".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        page.start();
        try {
            assertThat(failure(base().with(
                                    "spark.master",
                                    "k8s://http://127.0.0.1:"
                                            + page.getAddress().getPort())))
                    .contains("is not a Kubernetes API server")
                    .contains("spark.master")
                    .doesNotContain("io.fabric8");
        } finally {
            page.stop(0);
        }
    }

    @Test
    void untrustedCertificateFailsFastAndNamesTheKey() {
        Instant start = Instant.now();
        assertThat(failure(base().with(PREFIX + "oauthToken", server.adminToken())))
                .contains("certificate")
                .contains("not trusted")
                .contains(PREFIX + "caCertFile");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void serverWithoutTlsIsRecognised() {
        try (KubernetesApiServer plain =
                KubernetesApiServer.builder().tls(false).start()) {
            assertThat(failure(base().with("spark.master", "k8s://https://127.0.0.1:" + plain.port())))
                    .contains("No TLS connection")
                    .contains("k8s://http://");
        }
    }

    @Test
    void absentServerIsNamed() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThat(failure(base().with("spark.master", "k8s://https://127.0.0.1:" + port)))
                .contains("https://127.0.0.1:" + port)
                .contains("the connection is refused")
                .contains("spark.master");
    }

    @Test
    void proxyThatDoesNotAnswerIsNamedWithTheWayAroundIt() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThat(failureWith("https.proxy", "http://joe:hunter2@127.0.0.1:" + port))
                .contains("The proxy 127.0.0.1:" + port + " (HTTPS_PROXY) does not connect")
                .contains("the connection is refused")
                .contains("NO_PROXY")
                .doesNotContain("hunter2");
    }

    @Test
    void proxyOfAnUnknownHostIsNamed() {
        assertThat(failureWith("all.proxy", "no-such-proxy.invalid:3128"))
                .contains("The proxy no-such-proxy.invalid:3128 (ALL_PROXY) does not connect")
                .contains("the host name is unknown");
    }

    @Test
    void proxyThatIsPassedByIsNotBlamed() {
        String before = System.setProperty("no.proxy", ".example.com,10.0.0.0/8,localhost");
        try {
            assertThat(failureWith("https.proxy", "http://127.0.0.1:9", "k8s://https://localhost:1"))
                    .startsWith("The API server https://localhost:1 cannot be reached");
        } finally {
            if (before == null) {
                System.clearProperty("no.proxy");
            } else {
                System.setProperty("no.proxy", before);
            }
        }
    }

    private String failureWith(String property, String proxy) {
        return failureWith(property, proxy, "k8s://https://192.0.2.1:6443");
    }

    private String failureWith(String property, String proxy, String master) {
        String before = System.setProperty(property, proxy);
        try {
            return failure(base().with("spark.master", master));
        } finally {
            if (before == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, before);
            }
        }
    }

    @Test
    void unknownHostIsNamed() {
        assertThat(failure(base().with("spark.master", "k8s://https://no-such-host.invalid")))
                .contains("no-such-host.invalid")
                .contains("host name is unknown");
    }

    @Test
    void silentServerNamesTheTimeOut() {
        server.faults().stall(100, RequestMatch.of("*", "*"));
        assertThat(failure(admin().with("spark.kubernetes.submission.requestTimeout", "300")))
                .contains("no answer in time")
                .contains("spark.kubernetes.submission.requestTimeout");
    }
}
