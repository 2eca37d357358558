package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Run;
import hudson.security.ACL;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.authentication.tokens.api.AuthenticationTokens;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuth;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthConfig;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthException;
import org.jenkinsci.plugins.kubernetes.auth.impl.KubernetesAuthKubeconfig;

/**
 * A credential that an administrator keeps at the root of Jenkins. It is looked up with all rights of the system: the
 * administrator chose it for the cluster, and the cluster says which jobs may use it.
 *
 * <p>A kubeconfig never gets to {@link KubernetesAuth#decorate}, which would run the program it names.
 */
record CredentialIdentity(String credentialsId, String apiServer, String caCertificate, boolean skipTlsVerify)
        implements IdentitySource {
    private static final Logger LOGGER = Logger.getLogger(CredentialIdentity.class.getName());

    @Override
    public Identity read(Run<?, ?> run) throws AbortException {
        StandardCredentials credentials = find();
        if (credentials == null) {
            throw new AbortException(
                    "The credential %s of the cluster does not exist, or is for other hosts than %s. An administrator can choose another one in Manage Jenkins » System."
                            .formatted(credentialsId, apiServer));
        }
        if (run != null) {
            CredentialsProvider.track(run, credentials);
        }
        KubernetesAuth auth = AuthenticationTokens.convert(KubernetesAuth.class, credentials);
        if (auth == null) {
            throw new AbortException(
                    "The credential %s of the cluster has a type that cannot be used with Kubernetes. Use a secret text with a token, a user name with password, a certificate, or a secret file with a kubeconfig."
                            .formatted(credentialsId));
        }
        Identity identity = auth instanceof KubernetesAuthKubeconfig kubeconfig
                ? Kubeconfig.identity(kubeconfig.getKubeconfig(), credentialsId)
                : decorated(auth);
        if (!identity.fitsHeader()) {
            throw new AbortException(
                    "The credential %s of the cluster is not a token: it contains line breaks or characters that a token cannot contain. Store the token alone as secret text, or a kubeconfig as secret file."
                            .formatted(credentialsId));
        }
        return identity;
    }

    /** Whether there is such a credential at the root of Jenkins for this API server. */
    boolean exists() {
        return find() != null;
    }

    private StandardCredentials find() {
        return CredentialsProvider.findCredentialByIdInItemGroup(
                credentialsId,
                StandardCredentials.class,
                Jenkins.get(),
                ACL.SYSTEM2,
                URIRequirementBuilder.fromUri(Util.fixNull(apiServer)).build());
    }

    private Identity decorated(KubernetesAuth auth) throws AbortException {
        try {
            // What may have been set besides, such as files, is left behind.
            Config config = auth.decorate(
                            new ConfigBuilder(Config.empty()),
                            new KubernetesAuthConfig(apiServer, caCertificate, skipTlsVerify))
                    .build();
            return Identity.of(
                    config.getOauthToken(),
                    config.getUsername(),
                    config.getPassword(),
                    config.getClientCertData(),
                    config.getClientKeyData(),
                    null);
        } catch (KubernetesAuthException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "No identity from the credential " + credentialsId);
            throw new AbortException(
                    "The credential %s of the cluster cannot be used. The system log of Jenkins has the cause, at level FINE for %s."
                            .formatted(credentialsId, LOGGER.getName()));
        }
    }
}
