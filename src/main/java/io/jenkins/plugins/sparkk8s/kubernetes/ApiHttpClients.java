package io.jenkins.plugins.sparkk8s.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManager;
import okhttp3.OkHttpClient;

/**
 * Makes the client library's HTTP clients, for which {@link ServerTrust} decides about the API server. The library decides itself where a
 * proxy, a trust store or less verification is configured.
 */
final class ApiHttpClients implements HttpClient.Factory {
    private final OkHttpClientFactory library = new OkHttpClientFactory();

    @Override
    public HttpClient.Builder newBuilder() {
        return library.newBuilder();
    }

    @Override
    public HttpClient.Builder newBuilder(Config config) {
        return isOrdinary(config) ? builder(config) : library.newBuilder(config);
    }

    private static boolean isOrdinary(Config config) {
        return !config.isTrustCerts()
                && !config.isDisableHostnameVerification()
                && config.getTrustStoreFile() == null
                && config.getHttpProxy() == null
                && config.getHttpsProxy() == null;
    }

    /** As {@link HttpClientUtils#applyCommonConfiguration}, which would read Java's authorities. */
    private HttpClient.Builder builder(Config config) {
        HttpClient.Builder builder = new UnlimitedReads(config.getWebsocketPingInterval()).newBuilder();
        builder.followAllRedirects();
        builder.tag(config.getRequestConfig());
        if (config.getConnectionTimeout() > 0) {
            builder.connectTimeout(config.getConnectionTimeout(), TimeUnit.MILLISECONDS);
        }
        if (config.isHttp2Disable()) {
            builder.preferHttp11();
        }
        builder.tlsVersions(config.getTlsVersions());
        try {
            builder.sslContext(SSLUtils.keyManagers(config), new TrustManager[] {ServerTrust.of(config)});
        } catch (IOException | GeneralSecurityException e) {
            throw KubernetesClientException.launderThrowable(e);
        }
        HttpClientUtils.createApplicableInterceptors(config, this).forEach(builder::addOrReplaceInterceptor);
        return builder;
    }

    /** As the library makes them from a configuration: each request has its own limit. */
    private static final class UnlimitedReads extends OkHttpClientFactory {
        private final long pingMillis;

        UnlimitedReads(Long pingMillis) {
            this.pingMillis = pingMillis == null ? 0 : Math.max(0, pingMillis);
        }

        @Override
        protected OkHttpClient.Builder newOkHttpClientBuilder() {
            return super.newOkHttpClientBuilder()
                    .readTimeout(Duration.ZERO)
                    .writeTimeout(Duration.ZERO)
                    .pingInterval(Duration.ofMillis(pingMillis));
        }
    }
}
