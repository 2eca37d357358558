package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import io.fabric8.kubernetes.client.Config;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * All that makes one API client differ from another; builds with equal settings share one. The token is not among it,
 * since it may change during the life of a client.
 *
 * @param caCertificate PEM as configured; null for none
 * @param retries how often a call is repeated that failed for the network or the server
 * @param proxy null for none
 * @param fingerprint of what is baked into the TLS connection
 */
record ConnectionSettings(
        String apiServer,
        String caCertificate,
        boolean skipTlsVerify,
        String namespace,
        int connectionTimeoutMillis,
        int requestTimeoutMillis,
        int retries,
        ProxyServer proxy,
        IdentitySource source,
        String fingerprint) {
    private static final int RETRIES = 3;
    private static final String USER_AGENT = "jenkins-spark-k8s-submit";

    static ConnectionSettings of(SparkCluster cluster, IdentitySource source, Identity identity, ProxyServer proxy) {
        SparkConf defaults = SparkConf.of(cluster.defaults());
        return new ConnectionSettings(
                cluster.apiServer(),
                cluster.getCaCertificate(),
                cluster.isSkipTlsVerify(),
                cluster.effectiveNamespace(),
                defaults.get(KubernetesOptions.SUBMISSION_CONNECTION_TIMEOUT),
                defaults.get(KubernetesOptions.SUBMISSION_REQUEST_TIMEOUT),
                RETRIES,
                proxy,
                source,
                identity.connectionFingerprint());
    }

    /** For a user who waits: each call is tried once. */
    ConnectionSettings impatient(int connectMillis, int requestMillis) {
        return new ConnectionSettings(
                apiServer,
                caCertificate,
                skipTlsVerify,
                namespace,
                connectMillis,
                requestMillis,
                0,
                proxy,
                source,
                fingerprint);
    }

    /** For fabric8; without anything that it would find by itself, such as the controller's own service account. */
    Config config(Identity identity) {
        Config config = Config.empty();
        config.setMasterUrl(apiServer);
        config.setNamespace(namespace);
        config.setCaCertData(caCertificate == null ? identity.caCertificate() : base64(caCertificate));
        config.setTrustCerts(skipTlsVerify);
        config.setDisableHostnameVerification(skipTlsVerify);
        config.setClientCertData(identity.clientCertificate());
        config.setClientKeyData(identity.clientKey());
        config.setClientKeyAlgo(identity.clientKeyAlgorithm());
        config.setConnectionTimeout(connectionTimeoutMillis);
        config.setRequestTimeout(requestTimeoutMillis);
        config.setRequestRetryBackoffLimit(retries);
        config.setUserAgent(USER_AGENT);
        if (proxy != null) {
            proxy.applyTo(config);
        }
        return config;
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }
}
