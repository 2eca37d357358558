package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The files with which a pod speaks to the API server as its service account; see
 * <a href="https://kubernetes.io/docs/concepts/security/service-accounts/">Service Accounts</a>.
 */
final class ServiceAccountFiles {

    /** Where every client in a pod looks for them. */
    static final String PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

    private final ObjectReader objects;
    private final String account;
    private final String caCertificatePem;

    /** The CA certificate may be null when the API server speaks plain HTTP. */
    ServiceAccountFiles(ObjectReader objects, String account, String caCertificatePem) {
        this.objects = objects;
        this.account = account == null ? "default" : account;
        this.caCertificatePem = caCertificatePem;
    }

    /** A new token; {@code audience} may be null for the API server itself. */
    String token(String audience) throws MissingObjectException {
        var spec = new TokenRequestBuilder().withNewSpec().withExpirationSeconds(TOKEN_LIFETIME.toSeconds());
        if (audience != null) {
            spec.withAudiences(audience);
        }
        TokenRequest answer;
        try {
            answer = objects.client()
                    .serviceAccounts()
                    .inNamespace(objects.namespace())
                    .withName(account)
                    .tokenRequest(spec.endSpec().build());
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
                throw new MissingObjectException(
                        "failed to fetch token: serviceaccounts \"" + account + "\" not found");
            }
            throw e;
        }
        return answer.getStatus().getToken();
    }

    /** Writes {@code token}, {@code namespace} and {@code ca.crt}. */
    Path write(Path directory) throws MissingObjectException, IOException {
        VolumeFiles files = new VolumeFiles(directory, null);
        files.write("token", token(null).getBytes(StandardCharsets.UTF_8), null);
        files.write("namespace", objects.namespace().getBytes(StandardCharsets.UTF_8), null);
        if (caCertificatePem != null) {
            files.write("ca.crt", caCertificatePem.getBytes(StandardCharsets.UTF_8), null);
        }
        return directory;
    }
}
