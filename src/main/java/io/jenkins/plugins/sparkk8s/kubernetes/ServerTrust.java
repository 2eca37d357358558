package io.jenkins.plugins.sparkk8s.kubernetes;

import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the API servers that a certificate authority of the cluster or one of Java's vouches for, as the client library does. It
 * reads Java's only when the cluster's do not suffice: there are more than a hundred, which takes a tenth of a second.
 */
final class ServerTrust extends X509ExtendedTrustManager {
    private static final Logger LOGGER = Logger.getLogger(ServerTrust.class.getName());
    private static final X509Certificate[] NONE = {};

    /** Null when the cluster has no authorities of its own. */
    private final X509ExtendedTrustManager ofCluster;

    /** Null until needed; guarded by this object. */
    private X509ExtendedTrustManager ofJava;

    private ServerTrust(X509ExtendedTrustManager ofCluster) {
        this.ofCluster = ofCluster;
    }

    /**
     * @throws IOException when the file of the cluster's authorities cannot be read
     * @throws GeneralSecurityException when it holds no certificates
     */
    static ServerTrust of(Config config) throws IOException, GeneralSecurityException {
        if (isSet(config.getCaCertData())) {
            return new ServerTrust(trust(keyStore(decoded(config.getCaCertData()))));
        }
        return isSet(config.getCaCertFile())
                ? new ServerTrust(trust(keyStore(Files.readAllBytes(Path.of(config.getCaCertFile())))))
                : new ServerTrust(null);
    }

    private static boolean isSet(String text) {
        return text != null && !text.isEmpty();
    }

    /** A kubeconfig has it in Base64, and the client library takes it as it is, too. */
    private static byte[] decoded(String data) {
        try {
            return Base64.getDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.FINE, "The certificate authority is not in Base64: {0}", e.getMessage());
            return data.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static KeyStore keyStore(byte[] pem) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> authorities =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
        if (authorities.isEmpty()) {
            throw new CertificateException("the certificate authority has no certificate");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Certificate authority : authorities) {
            store.setCertificateEntry(Integer.toString(store.size()), authority);
        }
        return store;
    }

    /** @param authorities null for Java's */
    private static X509ExtendedTrustManager trust(KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    private synchronized X509ExtendedTrustManager ofJava() throws CertificateException {
        if (ofJava == null) {
            try {
                ofJava = trust(null);
            } catch (GeneralSecurityException e) {
                throw new CertificateException("Java's certificate authorities cannot be read", e);
            }
        }
        return ofJava;
    }

    private interface Check {
        void by(X509ExtendedTrustManager authorities) throws CertificateException;
    }

    private void require(Check check) throws CertificateException {
        if (ofCluster == null) {
            check.by(ofJava());
            return;
        }
        try {
            check.by(ofCluster);
        } catch (CertificateException refused) {
            try {
                check.by(ofJava());
            } catch (CertificateException e) {
                e.addSuppressed(refused);
                throw e;
            }
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        require(authorities -> authorities.checkServerTrusted(chain, type));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        require(authorities -> authorities.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        require(authorities -> authorities.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw onlyServers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw onlyServers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw onlyServers();
    }

    private static CertificateException onlyServers() {
        return new CertificateException("only servers can be trusted");
    }

    /** For servers that ask a client for a certificate, and for pinning: there is neither here. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return NONE;
    }
}
