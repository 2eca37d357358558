package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * A Kubernetes API server in this JVM: it stores objects, validates and defaults them, serves watches, collects garbage,
 * and fails on demand. It has no scheduler and no kubelet; those are clients, as in a real cluster.
 *
 * <p>It listens on the loopback address from {@link Builder#start} to {@link #close}, with a {@link #pause} in between
 * if a test wants it; what is stored stays until close.
 */
public final class KubernetesApiServer implements AutoCloseable {

    private static final int HISTORY = 5000;
    private static final Duration TOKEN_LIFE = Duration.ofDays(1);

    private final ApiServerParts parts;
    private final GarbageCollector collector;
    private final Certificates certificates;
    private final Faults faults;
    private final RequestLog log = new RequestLog();
    private final RequestRouter router;
    private final int port;
    private HttpFront front;

    private KubernetesApiServer(int port, boolean tls, KubernetesVersion version) {
        parts = ApiServerParts.create(HISTORY, Clock.systemUTC(), version);
        collector = new GarbageCollector(parts.store(), parts.registry(), parts.deletions());
        certificates = tls ? new Certificates() : null;
        faults = new Faults(parts.watchers(), parts.store());
        router = new RequestRouter(parts);
        createNamespace("default");
        createNamespace("kube-system");
        front = listen(port);
        this.port = front.port();
    }

    /** Starts with a free port and TLS. */
    public static Builder builder() {
        return new Builder();
    }

    /** How the server is to listen. */
    public static final class Builder {
        private int port;
        private boolean tls = true;
        private KubernetesVersion version = KubernetesVersion.DEFAULT;

        private Builder() {}

        /** The port, 0 for any free one. */
        public Builder port(int wanted) {
            this.port = wanted;
            return this;
        }

        /** Whether to serve HTTPS, with a certificate authority made for this server, or plain HTTP. */
        public Builder tls(boolean wanted) {
            this.tls = wanted;
            return this;
        }

        /** The Kubernetes whose rules hold where versions differ; 1.36 by default. */
        public Builder version(KubernetesVersion wanted) {
            this.version = wanted;
            return this;
        }

        /** Services may have addresses of IPv6, too; by default of IPv4 only. */
        public Builder dualStack() {
            this.version = version.withDualStack();
            return this;
        }

        /**
         * Starts the server; it has the namespaces {@code default} and {@code kube-system}.
         *
         * @throws IllegalStateException when the port is taken
         */
        public KubernetesApiServer start() {
            return new KubernetesApiServer(port, tls, version);
        }
    }

    /** The address for clients, such as {@code https://127.0.0.1:6443}. */
    public String url() {
        return (certificates == null ? "http" : "https") + "://127.0.0.1:" + port;
    }

    /** The port it listens on; the same after a pause. */
    public int port() {
        return port;
    }

    /** The certificate that clients must trust, null for plain HTTP. */
    public String caCertificatePem() {
        return certificates == null ? null : certificates.authorityPem();
    }

    /** The token of a user who may do everything. */
    public String adminToken() {
        return parts.tokens().admin();
    }

    /**
     * A new token of a service account, good for a day or as long as the account exists.
     *
     * @throws IllegalArgumentException when there is no such service account
     */
    public String token(String namespace, String serviceAccount) {
        try {
            return parts.tokens().issue(namespace, serviceAccount, TOKEN_LIFE);
        } catch (ApiException e) {
            throw new IllegalArgumentException("create the service account first: " + e.getMessage(), e);
        }
    }

    /** A client's configuration as the administrator. */
    public Config clientConfig() {
        return clientConfig(adminToken());
    }

    /** A client's configuration with a token. */
    public Config clientConfig(String token) {
        ConfigBuilder config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url())
                .withOauthToken(token)
                .withNamespace("default");
        if (certificates != null) {
            config.withCaCertData(base64(caCertificatePem()));
        }
        return config.build();
    }

    /** The text of a kubeconfig file for the administrator. */
    public String kubeconfig() {
        String authority =
                certificates == null ? "" : "\n    certificate-authority-data: " + base64(caCertificatePem());
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: local
                  cluster:
                    server: %s%s
                users:
                - name: admin
                  user:
                    token: %s
                contexts:
                - name: local
                  context:
                    cluster: local
                    user: admin
                    namespace: default
                current-context: local
                """.formatted(url(), authority, adminToken());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Who may do what. */
    public AccessRules rights() {
        return parts.access();
    }

    /**
     * Serves a custom resource from now on, as if its CustomResourceDefinition had been applied; one with that name that
     * exists stays.
     *
     * @param group such as {@code scheduling.volcano.sh}
     * @param version such as {@code v1beta1}
     * @param plural the name in paths, such as {@code podgroups}
     * @param kind such as {@code PodGroup}; its objects live in namespaces and have a status sub-resource
     */
    public void defineCustomResource(String group, String version, String plural, String kind) {
        String name = plural + "." + group;
        if (parts.store().get(ResourceTypes.CUSTOM, new ObjectKey("", name)).isPresent()) {
            return;
        }
        ObjectNode definition = Json.object();
        Json.metadata(definition).put("name", name);
        ObjectNode spec = definition.putObject("spec").put("group", group).put("scope", "Namespaced");
        spec.putObject("names")
                .put("plural", plural)
                .put("singular", kind.toLowerCase(java.util.Locale.ROOT))
                .put("kind", kind)
                .put("listKind", kind + "List");
        ObjectNode served = spec.putArray("versions").addObject();
        served.put("name", version).put("served", true).put("storage", true);
        served.putObject("schema")
                .putObject("openAPIV3Schema")
                .put("type", "object")
                .put("x-kubernetes-preserve-unknown-fields", true);
        served.putObject("subresources").putObject("status");
        parts.registry().create(ResourceTypes.CUSTOM, "", definition, false);
    }

    /** What is to go wrong. */
    public Faults faults() {
        return faults;
    }

    /** The last ten thousand requests at most, oldest first. */
    public List<RequestRecord> requests() {
        return log.all();
    }

    /** Forgets the requests so far. */
    public void clearRequests() {
        log.clear();
    }

    /** The watches that are open now. */
    public int openWatches() {
        return parts.watchers().count();
    }

    /** Stops: the listener and all connections are closed, and what is stored stays. */
    public synchronized void pause() {
        if (front != null) {
            parts.watchers().cutAll();
            parts.kubelets().cancelAll();
            faults.clear();
            front.close();
            front = null;
        }
    }

    /**
     * Comes back on the same port.
     *
     * @throws IllegalStateException when another process has taken the port meanwhile
     */
    public synchronized void resume() {
        if (front == null) {
            front = listen(port);
        }
    }

    /** Ends the server and all its threads; what is stored is lost. */
    @Override
    public void close() {
        pause();
        collector.close();
        parts.watchers().close();
        parts.kubelets().close();
    }

    private HttpFront listen(int onPort) {
        SSLContext tls = certificates == null ? null : certificates.serverContext();
        return HttpFront.start(onPort, tls, new ApiHandler(router, faults, log));
    }

    private void createNamespace(String name) {
        ObjectNode namespace = Json.object();
        Json.metadata(namespace).put("name", name);
        parts.registry().create(ResourceTypes.core("namespaces"), "", namespace, false);
    }
}
