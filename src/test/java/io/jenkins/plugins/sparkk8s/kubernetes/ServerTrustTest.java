package io.jenkins.plugins.sparkk8s.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which API servers a client talks to, and what it reads for that. */
@Timeout(180)
class ServerTrustTest {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    private final HeldCertificate authority = authority("cluster");
    private final HeldCertificate other = authority("other");
    private final String trustStoreBefore = System.getProperty(TRUST_STORE);

    @TempDir
    Path folder;

    private static HeldCertificate authority(String name) {
        return new HeldCertificate.Builder()
                .certificateAuthority(0)
                .commonName(name)
                .build();
    }

    private static HeldCertificate server(HeldCertificate signedBy, String name) {
        return new HeldCertificate.Builder()
                .signedBy(signedBy)
                .addSubjectAlternativeName(name)
                .build();
    }

    private static X509Certificate[] chain(HeldCertificate signedBy) {
        return new X509Certificate[] {server(signedBy, "localhost").certificate(), signedBy.certificate()};
    }

    private static Config trusting(HeldCertificate authority) {
        Config config = Config.empty();
        config.setCaCertData(
                Base64.getEncoder().encodeToString(("the cluster's\n" + authority.certificatePem()).getBytes()));
        return config;
    }

    private void javaTrusts(HeldCertificate authority) throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setCertificateEntry("one", authority.certificate());
        Path file = folder.resolve("java.jks");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, new char[0]);
        }
        System.setProperty(TRUST_STORE, file.toString());
    }

    @AfterEach
    void formerTrustStore() {
        if (trustStoreBefore == null) {
            System.clearProperty(TRUST_STORE);
        } else {
            System.setProperty(TRUST_STORE, trustStoreBefore);
        }
    }

    @Test
    void readsNoneOfJavasAuthoritiesWhileTheClustersSuffice() throws Exception {
        System.setProperty(
                TRUST_STORE,
                Files.writeString(folder.resolve("broken"), "not a trust store").toString());

        ServerTrust trust = ServerTrust.of(trusting(authority));

        assertThatCode(() -> trust.checkServerTrusted(chain(authority), "ECDHE_ECDSA"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> trust.checkServerTrusted(chain(other), "ECDHE_ECDSA"))
                .isInstanceOf(CertificateException.class)
                .hasMessage("Java's certificate authorities cannot be read");
    }

    @Test
    void trustsWhatJavaDoesAndNothingElse() throws Exception {
        javaTrusts(other);
        HeldCertificate unknown = authority("unknown");

        for (Config config : new Config[] {trusting(authority), Config.empty()}) {
            ServerTrust trust = ServerTrust.of(config);
            assertThatCode(() -> trust.checkServerTrusted(chain(other), "ECDHE_ECDSA"))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> trust.checkServerTrusted(chain(unknown), "ECDHE_ECDSA"))
                    .isInstanceOf(CertificateException.class);
            assertThatThrownBy(() -> trust.checkClientTrusted(chain(other), "ECDHE_ECDSA"))
                    .isInstanceOf(CertificateException.class);
        }
    }

    @Test
    void readsTheAuthoritiesOfAFile() throws Exception {
        Config config = Config.empty();
        config.setCaCertFile(
                Files.writeString(folder.resolve("ca.pem"), other.certificatePem() + "\n" + authority.certificatePem())
                        .toString());

        ServerTrust trust = ServerTrust.of(config);

        assertThatCode(() -> trust.checkServerTrusted(chain(authority), "ECDHE_ECDSA"))
                .doesNotThrowAnyException();
        assertThatCode(() -> trust.checkServerTrusted(chain(other), "ECDHE_ECDSA"))
                .doesNotThrowAnyException();
    }

    @Test
    void aFileWithoutCertificatesIsAnError() throws Exception {
        Config config = Config.empty();
        config.setCaCertFile(Files.writeString(folder.resolve("ca.pem"), "").toString());

        assertThatThrownBy(() -> ServerTrust.of(config)).isInstanceOf(CertificateException.class);
    }

    private static KubernetesClient client(Config config, String url) {
        config.setMasterUrl(url);
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new ApiHttpClients())
                .build();
    }

    @Test
    void aClientTalksToTheServerOfItsKubeconfigAndToNoOther() throws Exception {
        try (KubernetesApiServer server = KubernetesApiServer.builder().port(0).start()) {
            Config config = Config.fromKubeconfig(server.kubeconfig());
            try (KubernetesClient client = client(config, server.url())) {
                assertThat(client.getKubernetesVersion().getMajor()).isEqualTo("1");
                assertThat(client.namespaces().withName("default").get()).isNotNull();
            }
            try (KubernetesClient client = client(trusting(other), server.url())) {
                assertThatThrownBy(client::getKubernetesVersion)
                        .isInstanceOf(KubernetesClientException.class)
                        .hasRootCauseInstanceOf(Exception.class)
                        .hasStackTraceContaining(SSLHandshakeException.class.getName());
            }
        }
    }

    @Test
    void aServerMustHaveTheNameOfItsCertificate() throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(new HandshakeCertificates.Builder()
                .heldCertificate(server(authority, "elsewhere.example.com"), authority.certificate())
                .build()
                .sslContext()));
        server.start();
        String url = "https://127.0.0.1:" + server.getAddress().getPort();
        try (KubernetesClient client = client(trusting(authority), url)) {
            assertThatThrownBy(client::getKubernetesVersion)
                    .hasStackTraceContaining(SSLPeerUnverifiedException.class.getName());
        } finally {
            server.stop(0);
        }
    }
}
