package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import hudson.AbortException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that accepts only clients with a certificate, and records its subject. */
class ClientCertificateTest {
    private final TestJenkins jenkins = new TestJenkins();
    private final HeldCertificate authority =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private final List<String> callers = new CopyOnWriteArrayList<>();
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        HeldCertificate held = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .signedBy(authority)
                .build();
        SSLContext tls = new HandshakeCertificates.Builder()
                .heldCertificate(held)
                .addTrustedCertificate(authority.certificate())
                .build()
                .sslContext();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/version", exchange -> {
            callers.add(((HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerPrincipal()
                    .getName());
            byte[] answer = "{\"gitVersion\": \"v1.30.0\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        jenkins.close();
    }

    private SparkCluster cluster() {
        SparkCluster cluster = new SparkCluster(
                "test", "https://127.0.0.1:" + server.getAddress().getPort());
        cluster.setCaCertificate(authority.certificatePem());
        cluster.setCredentialsId("certificate");
        return cluster;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCertificateOfACredentialGetsIn(boolean ellipticCurve) throws Exception {
        HeldCertificate.Builder builder =
                new HeldCertificate.Builder().commonName("jane").signedBy(authority);
        HeldCertificate jane = (ellipticCurve ? builder.ecdsa256() : builder.rsa2048()).build();
        jenkins.credential(
                "certificate",
                config -> config.withClientCertData(base64(jane.certificatePem()))
                        .withClientKeyData(base64(jane.privateKeyPkcs8Pem())));

        try (ClusterConnection connection =
                new ClusterConnections(Duration.ZERO, Path.of("none")).open(cluster(), null)) {
            assertThat(connection.client().getKubernetesVersion().getGitVersion())
                    .isEqualTo("v1.30.0");
        }

        assertThat(callers).containsExactly("CN=jane");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"})
    void reportsAnInvalidKeyWithoutItsContent(String key) {
        HeldCertificate jane = new HeldCertificate.Builder().signedBy(authority).build();
        jenkins.credential(
                "certificate",
                config ->
                        config.withClientCertData(base64(jane.certificatePem())).withClientKeyData(base64(key)));

        assertThatThrownBy(() -> new ClusterConnections(Duration.ZERO, Path.of("none")).open(cluster(), null))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("certificate and key")
                .hasMessageNotContaining("nonsense");
    }
}
