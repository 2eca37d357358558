package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import hudson.AbortException;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.kubernetes.client.utils.Utils;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The user of a kubeconfig's current context, taken as data. What would make the controller run a program or read a file
 * of its own is refused; which server to talk to is not the kubeconfig's business.
 */
final class Kubeconfig {
    private static final Logger LOGGER = Logger.getLogger(Kubeconfig.class.getName());

    private final Config config;
    private final String credentialsId;

    private Kubeconfig(Config config, String credentialsId) {
        this.config = config;
        this.credentialsId = credentialsId;
    }

    /**
     * Who the kubeconfig says that we are.
     *
     * @param credentialsId for the sentences
     * @throws AbortException when it is no kubeconfig, has no current user, or does what is refused
     */
    static Identity identity(String text, String credentialsId) throws AbortException {
        return new Kubeconfig(parse(text, credentialsId), credentialsId).identity();
    }

    private static Config parse(String text, String credentialsId) throws AbortException {
        Config parsed = null;
        try {
            parsed = Serialization.unmarshal(text, Config.class);
        } catch (RuntimeException e) {
            // Its message shows what it stumbled over, which may be a secret.
            LOGGER.log(Level.FINE, "No kubeconfig: {0}", e.getClass().getName());
        }
        if (parsed == null) {
            throw new AbortException(
                    "The credential %s of the cluster is not a kubeconfig. Upload a kubeconfig as kubectl uses it."
                            .formatted(credentialsId));
        }
        return parsed;
    }

    private Identity identity() throws AbortException {
        Context context = named(config.getContexts(), named -> named.getName(), config.getCurrentContext())
                .map(named -> named.getContext())
                .orElseThrow(() -> refusal("has no current context", "Set current-context to one of its contexts"));
        AuthInfo user = named(config.getUsers(), named -> named.getName(), context.getUser())
                .map(named -> named.getUser())
                .orElseThrow(() -> refusal("has no user for its current context", "Add the user"));
        Cluster cluster = named(config.getClusters(), named -> named.getName(), context.getCluster())
                .map(named -> named.getCluster())
                .orElseGet(Cluster::new);
        refuseTricks(user, cluster);
        return Identity.of(
                user.getToken(),
                user.getUsername(),
                user.getPassword(),
                user.getClientCertificateData(),
                user.getClientKeyData(),
                cluster.getCertificateAuthorityData());
    }

    private static <T> Optional<T> named(List<T> all, Function<T, String> name, String wanted) {
        return Stream.ofNullable(all)
                .flatMap(List::stream)
                .filter(Objects::nonNull)
                .filter(candidate -> wanted != null && wanted.equals(name.apply(candidate)))
                .findFirst();
    }

    private void refuseTricks(AuthInfo user, Cluster cluster) throws AbortException {
        Map<String, Object> refused = new LinkedHashMap<>();
        refused.put("exec", user.getExec());
        refused.put("auth-provider", user.getAuthProvider());
        refused.put("tokenFile", user.getTokenFile());
        refused.put("client-certificate", user.getClientCertificate());
        refused.put("client-key", user.getClientKey());
        refused.put("certificate-authority", cluster.getCertificateAuthority());
        refused.put("as", user.getAs());
        for (Map.Entry<String, Object> entry : refused.entrySet()) {
            if (isSet(entry.getValue())) {
                throw refusal(
                        "uses %s, which would run a program, read a file of the controller or impersonate another user"
                                .formatted(entry.getKey()),
                        "Put the token, or certificate and key, into it as data");
            }
        }
    }

    private static boolean isSet(Object value) {
        return value instanceof String text ? Utils.isNotNullOrEmpty(text) : value != null;
    }

    private AbortException refusal(String what, String remedy) {
        return new AbortException(
                "The kubeconfig in the credential %s of the cluster %s. %s.".formatted(credentialsId, what, remedy));
    }
}
