package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Talks to the kubelets of nodes. Like a default API server it does not verify their certificates. */
final class KubeletClient implements AutoCloseable {

    private static final int DEFAULT_PORT = 10_250;

    private final OkHttpClient client;

    KubeletClient() {
        this.client = new OkHttpClient.Builder()
                .sslSocketFactory(insecure(), new TrustAll())
                .hostnameVerifier((host, session) -> true)
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(Duration.ZERO)
                .build();
    }

    private static javax.net.ssl.SSLSocketFactory insecure() {
        try {
            javax.net.ssl.SSLContext context = javax.net.ssl.SSLContext.getInstance("TLS");
            context.init(null, new javax.net.ssl.TrustManager[] {new TrustAll()}, null);
            return context.getSocketFactory();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    /**
     * Fetches a path from a node's kubelet and passes on what comes, as it comes.
     *
     * @throws ApiException 500 when the kubelet cannot be reached or refuses
     */
    Answer get(JsonNode node, String pathAndQuery) {
        String url = "https://" + address(node) + ":" + port(node) + pathAndQuery;
        try {
            Response response =
                    client.newCall(new Request.Builder().url(url).build()).execute();
            ResponseBody body = response.body();
            if (body == null || !response.isSuccessful()) {
                String why = body == null ? "" : body.string();
                response.close();
                throw new ApiException(
                        response.code(), response.code() == 404 ? "NotFound" : "BadRequest", why.strip());
            }
            return Answer.Stream.text(body.byteStream());
        } catch (IOException e) {
            throw new ApiException(500, "InternalError", "Get \"" + url + "\": " + e.getMessage());
        }
    }

    /** A client with the same trust and life, which leaves redirects to the caller. */
    OkHttpClient withoutRedirects() {
        return client.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String address(JsonNode node) {
        return Json.list(node, "status", "addresses").stream()
                .filter(a -> Json.text(a, "type").equals("InternalIP"))
                .map(a -> Json.text(a, "address"))
                .findFirst()
                .orElseThrow(() ->
                        new ApiException(500, "InternalError", "no preferred addresses found; known addresses: []"));
    }

    private static int port(JsonNode node) {
        return node.path("status")
                .path("daemonEndpoints")
                .path("kubeletEndpoint")
                .path("Port")
                .asInt(DEFAULT_PORT);
    }

    /** Ends all transfers under way. */
    void cancelAll() {
        client.dispatcher().cancelAll();
    }

    @Override
    public void close() {
        cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
