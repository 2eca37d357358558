package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import hudson.Util;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.fabric8.kubernetes.client.utils.Utils;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.HexFormat;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What proves to an API server who we are, at one moment.
 *
 * @param authorization the header of a request; null for none
 * @param clientCertificate for the TLS connection, as fabric8 takes it; null for none
 * @param clientKey the certificate's; null for none
 * @param caCertificate base64 of the authority that comes with the identity; null for none
 */
record Identity(String authorization, String clientCertificate, String clientKey, String caCertificate) {
    private static final Logger LOGGER = Logger.getLogger(Identity.class.getName());

    static final Identity ANONYMOUS = new Identity(null, null, null, null);

    static Identity bearer(String token, String caCertificate) {
        return new Identity("Bearer " + token, null, null, caCertificate);
    }

    /**
     * Of the parts of a credential, any of which may be null or empty; a user name wins over a token, as in fabric8.
     */
    static Identity of(String token, String user, String password, String certificate, String key, String authority) {
        // What is pasted, or read from a file, often ends with a line break, which no header takes.
        String trimmed = Util.fixEmptyAndTrim(token);
        String authorization = trimmed == null ? null : "Bearer " + trimmed;
        if (Utils.isNotNullOrEmpty(user) && Utils.isNotNullOrEmpty(password)) {
            authorization = HttpClientUtils.basicCredentials(user, password);
        }
        return new Identity(authorization, certificate, key, authority);
    }

    /**
     * Whether a request can carry it: a token that is text of another kind, such as a whole kubeconfig, has line
     * breaks.
     */
    boolean fitsHeader() {
        return authorization == null || authorization.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** {@code RSA} or {@code EC}, which fabric8 must be given; null without a certificate that can be read. */
    String clientKeyAlgorithm() {
        if (clientCertificate == null) {
            return null;
        }
        try {
            byte[] pem = Base64.getMimeDecoder().decode(clientCertificate);
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem))
                    .getPublicKey()
                    .getAlgorithm();
        } catch (CertificateException | IllegalArgumentException e) {
            LOGGER.log(Level.FINE, "No client certificate: {0}", e.getClass().getName());
            return null;
        }
    }

    /** Distinguishes connections that must not be shared; the key cannot be derived from it. */
    String connectionFingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((clientCertificate + "|" + clientKey + "|" + caCertificate).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "identity";
    }
}
