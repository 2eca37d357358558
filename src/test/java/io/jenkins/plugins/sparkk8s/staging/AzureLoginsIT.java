package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.apache.hadoop.security.ssl.DelegatingSSLSocketFactory;
import org.apache.hadoop.security.ssl.DelegatingSSLSocketFactory.SSLChannelMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The other ways in which Azure lets an upload in than by the account's key: a shared access signature, and a token over TLS. */
@Timeout(180)
class AzureLoginsIT {
    private static final String CONTAINER = "uploads@" + AzureServer.ACCOUNT;
    private static final String SIGNATURE = "c2lnbmF0dXJlJTJCb2YrYSUyRmNvbnRhaW5lcg";
    private static final String SHARED_ACCESS = "sv=2021-12-02&sr=c&sp=racwdl&se=2099-01-01T00:00:00Z&sig=" + SIGNATURE;
    private static final String CLIENT_SECRET = "the secret of the client";

    @TempDir
    Path temporary;

    private StagedArtifacts upload(String scheme, Map<String, String> properties) throws Exception {
        Path file = Files.writeString(temporary.toRealPath().resolve("a.txt"), "hello");
        HadoopGateway gateway = new HadoopGateway(new HadoopSettings(properties, null, false));
        return new ArtifactUploader(gateway)
                .upload(
                        Applications.shared(Applications.identity(1), "%s://%s/up".formatted(scheme, CONTAINER), file),
                        StagingListener.SILENT);
    }

    private static boolean hasSignature(AzureRequest request) {
        return SIGNATURE.equals(request.query().get("sig"))
                && !request.headers().containsKey("Authorization");
    }

    private static Map<String, String> sharedAccess(AzureServer server, String token) {
        Map<String, String> properties = properties(server);
        properties.put("fs.azure.account.auth.type." + AzureServer.ACCOUNT, "SAS");
        properties.put("fs.azure.sas.fixed.token." + AzureServer.ACCOUNT, token);
        return properties;
    }

    private static Map<String, String> properties(AzureServer server) {
        Map<String, String> properties = new HashMap<>(AzureServer.properties(server.port()));
        properties.remove("fs.azure.account.key." + AzureServer.ACCOUNT);
        return properties;
    }

    @Test
    void uploadsWithASharedAccessSignature() throws Exception {
        try (AzureServer server = new AzureServer(AzureLoginsIT::hasSignature, null)) {
            upload("abfs", sharedAccess(server, SHARED_ACCESS));

            assertThat(server.files().values()).contains("hello".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void reportsARefusedSharedAccessSignatureWithoutShowingIt() throws Exception {
        try (AzureServer server = new AzureServer(request -> false, null)) {
            assertThatThrownBy(() -> upload("abfs", sharedAccess(server, SHARED_ACCESS)))
                    .isInstanceOf(StagingException.class)
                    .matches(failure -> ((StagingException) failure).isRefusal(), "is a refusal")
                    .message()
                    .contains(CONTAINER)
                    .hasLineCount(1)
                    .doesNotContain(SIGNATURE);
        }
    }

    @Test
    void uploadsWithATokenOverTls() throws Exception {
        DelegatingSSLSocketFactory.initializeDefaultFactory(SSLChannelMode.Default_JSSE);
        HandshakeCertificates tls = certificates();
        try (AzureServer server = new AzureServer(AzureLoginsIT::hasToken, tls.sslContext());
                TokenServer tokens = new TokenServer();
                DefaultTls trusted = new DefaultTls(tls.sslContext())) {
            upload("abfss", clientCredentials(server, tokens, CLIENT_SECRET));

            assertThat(server.files().values()).contains("hello".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void reportsARefusedClientSecretWithoutShowingIt() throws Exception {
        HandshakeCertificates tls = certificates();
        try (AzureServer server = new AzureServer(AzureLoginsIT::hasToken, tls.sslContext());
                TokenServer tokens = new TokenServer()) {
            assertThatThrownBy(() -> upload("abfss", clientCredentials(server, tokens, "another+secret")))
                    .isInstanceOf(StagingException.class)
                    .message()
                    .contains(CONTAINER)
                    .hasLineCount(1)
                    .doesNotContain("another");
        }
    }

    private static boolean hasToken(AzureRequest request) {
        return "Bearer the-token".equals(request.headers().getFirst("Authorization"));
    }

    private static Map<String, String> clientCredentials(AzureServer server, TokenServer tokens, String secret) {
        Map<String, String> properties = properties(server);
        properties.put("fs.azure.account.auth.type", "OAuth");
        properties.put(
                "fs.azure.account.oauth.provider.type",
                "org.apache.hadoop.fs.azurebfs.oauth2.ClientCredsTokenProvider");
        properties.put("fs.azure.account.oauth2.client.endpoint", tokens.url());
        properties.put("fs.azure.account.oauth2.client.id", "the-client");
        properties.put("fs.azure.account.oauth2.client.secret", secret);
        return properties;
    }

    private static HandshakeCertificates certificates() {
        HeldCertificate own = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        return new HandshakeCertificates.Builder()
                .heldCertificate(own)
                .addTrustedCertificate(own.certificate())
                .build();
    }

    /** What a process that trusts the server's certificate has in its trust store; the client takes it from there. */
    private static final class DefaultTls implements AutoCloseable {
        private final SSLContext before;

        DefaultTls(SSLContext context) throws NoSuchAlgorithmException {
            before = SSLContext.getDefault();
            use(context);
        }

        /** The client takes it once in a process, which another test may have begun. */
        private static void use(SSLContext context) {
            SSLContext.setDefault(context);
            DelegatingSSLSocketFactory.resetDefaultFactory();
        }

        @Override
        public void close() {
            use(before);
        }
    }

    /** The endpoint that gives tokens to clients that know their secret. */
    private static final class TokenServer implements AutoCloseable {
        private final HttpServer server;

        TokenServer() throws IOException {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/", TokenServer::serve);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:%d/tenant/oauth2/token"
                    .formatted(server.getAddress().getPort());
        }

        private static void serve(HttpExchange exchange) throws IOException {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean isKnown = form.contains("client_secret=" + CLIENT_SECRET.replace(' ', '+'));
            byte[] answer = (isKnown
                            ? "{\"token_type\":\"Bearer\",\"expires_in\":\"3599\",\"access_token\":\"the-token\"}"
                            : "{\"error\":\"invalid_client\",\"error_description\":\"Invalid client secret provided.\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(isKnown ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
