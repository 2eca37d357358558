package io.jenkins.plugins.sparkk8s.staging;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * The JSON interface of Google Cloud Storage for one bucket, as far as an upload needs it and as Google documents it, and the endpoint
 * that gives a token to a service account for a text that it has signed with its key. Clients reach it through a proxy alone, since
 * they know the name of one host, whose certificate it shows.
 */
final class GoogleServer implements AutoCloseable {
    static final String HOST = "storage.googleapis.com";
    static final String BUCKET = "uploads";
    private static final String TOKEN = "the-token";
    private static final String PASSWORD = "changeit";

    private final HttpsServer storage;
    private final HttpServer tokens;
    private final FaultyConnection proxy;
    private final HeldCertificate certificate;
    private final KeyPair key;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final GoogleObjects objects = new GoogleObjects();
    private volatile boolean refuses;

    GoogleServer() throws IOException, GeneralSecurityException {
        key = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        certificate =
                new HeldCertificate.Builder().addSubjectAlternativeName(HOST).build();
        storage = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        storage.setHttpsConfigurator(new HttpsConfigurator(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslContext()));
        storage.setExecutor(threads);
        storage.createContext("/", exchange -> send(exchange, answer(GoogleRequest.of(exchange))));
        storage.start();
        tokens = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        tokens.setExecutor(threads);
        tokens.createContext("/", this::giveToken);
        tokens.start();
        proxy = FaultyConnection.tunnel(storage.getAddress().getPort());
    }

    /** What clients connect to; it can be made to fail. */
    FaultyConnection proxy() {
        return proxy;
    }

    /** From now on the account may do nothing with the bucket. */
    void refuse() {
        refuses = true;
    }

    Map<String, byte[]> files() {
        return objects.files();
    }

    /** @return a trust store with the server's certificate, of the password that Java's own has */
    Path trustStore(Path folder) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("storage", certificate.certificate());
        Path file = folder.resolve("trusted.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    /** @return the account's key in the form that Google's console gives */
    String accountKey() {
        return accountKey(key);
    }

    /** @param other a key that the server does not know */
    String accountKey(KeyPair other) {
        String pem = "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(other.getPrivate().getEncoded()));
        return new ObjectMapper()
                .createObjectNode()
                .put("type", "service_account")
                .put("project_id", "project")
                .put("private_key_id", "1")
                .put("private_key", pem)
                .put("client_email", "uploader@project.iam.gserviceaccount.com")
                .put("client_id", "2")
                .put(
                        "token_uri",
                        "http://127.0.0.1:%d/token"
                                .formatted(tokens.getAddress().getPort()))
                .toString();
    }

    private void giveToken(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String assertion =
                URLDecoder.decode(form.replaceFirst("(?s).*assertion=([^&]*).*", "$1"), StandardCharsets.UTF_8);
        send(
                exchange,
                isSigned(assertion, key.getPublic())
                        ? GoogleAnswer.json("{\"access_token\":\"%s\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"
                                .formatted(TOKEN))
                        : GoogleAnswer.json(
                                400, "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}"));
    }

    private static boolean isSigned(String assertion, PublicKey by) {
        int end = assertion.lastIndexOf('.');
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(by);
            signature.update(assertion.substring(0, end).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(assertion.substring(end + 1)));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private GoogleAnswer answer(GoogleRequest request) throws IOException {
        if (request.path().startsWith("/batch/")) {
            return batch(request);
        }
        if (!("Bearer " + TOKEN).equals(request.headers().get("authorization"))) {
            return GoogleAnswer.error(401, "authError", "Invalid Credentials");
        }
        return refuses
                ? GoogleAnswer.error(
                        403,
                        "forbidden",
                        "uploader@project.iam.gserviceaccount.com does not have storage.objects.get access to the Google Cloud Storage object.")
                : objects.answer(request);
    }

    /** Each of its requests has the token, or none of them counts. */
    private GoogleAnswer batch(GoogleRequest request) throws IOException {
        StringBuilder answers = new StringBuilder();
        for (String part : request.parts()) {
            String id = part.replaceFirst("(?is).*?content-id: *<?([^>\\r\\n]*).*", "$1");
            GoogleAnswer answer = answer(GoogleRequest.parse(part.split("\r\n\r\n", 2)[1]));
            answers.append("--batch\r\nContent-Type: application/http\r\nContent-ID: <response-%s>\r\n\r\n"
                            .formatted(id))
                    .append("HTTP/1.1 %d Status\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s\r\n"
                            .formatted(
                                    answer.status(),
                                    answer.body().length,
                                    new String(answer.body(), StandardCharsets.ISO_8859_1)));
        }
        byte[] body = answers.append("--batch--\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        return new GoogleAnswer(200, Map.of("Content-Type", "multipart/mixed; boundary=batch"), body);
    }

    private static void send(HttpExchange exchange, GoogleAnswer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        boolean hasBody = answer.body().length > 0;
        exchange.sendResponseHeaders(answer.status(), hasBody ? answer.body().length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(answer.body());
        }
        exchange.close();
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        storage.stop(0);
        tokens.stop(0);
        threads.shutdownNow();
    }
}
