package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.fabric8.kubernetes.client.utils.Utils;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What proves to an API server who we are, at one moment.
 *
 * @param authorization the header of a request; null for none
 * @param clientCertificate for the TLS connection, as fabric8 takes it; null for none
 * @param clientKey the certificate's; null for none
 * @param caCertificate base64 of the authority that comes with the identity; null for none
 */
record Identity(String authorization, String clientCertificate, String clientKey, String caCertificate) {
    static final Identity ANONYMOUS = new Identity(null, null, null, null);

    static Identity bearer(String token, String caCertificate) {
        return new Identity("Bearer " + token, null, null, caCertificate);
    }

    /** Of the parts of a credential, any of which may be null or empty; a user name wins over a token, as in fabric8. */
    static Identity of(String token, String user, String password, String certificate, String key, String authority) {
        String authorization = Utils.isNotNullOrEmpty(token) ? "Bearer " + token : null;
        if (Utils.isNotNullOrEmpty(user) && Utils.isNotNullOrEmpty(password)) {
            authorization = HttpClientUtils.basicCredentials(user, password);
        }
        return new Identity(authorization, certificate, key, authority);
    }

    /** Tells connections apart that must not be shared; nobody can find the key from it. */
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
