package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.SetContextClassLoader;
import jenkins.util.Timer;

/**
 * The API clients of all builds. One client serves all builds with the same cluster settings and credential; it is
 * closed some minutes after the last of them gave it back, and never while one uses it.
 *
 * <p>A change of the cluster's settings or of its credential makes a new client for the next build; those that run keep
 * theirs. A new token is used at once by all.
 */
@Extension
public final class ClusterConnections {
    private static final Logger LOGGER = Logger.getLogger(ClusterConnections.class.getName());
    private static final Duration LINGER = Duration.ofMinutes(5);

    private final Duration linger;
    private final Path serviceAccount;
    private final Map<ConnectionSettings, SharedClient> clients = new HashMap<>();
    private final ApiErrorCounts errors = new ApiErrorCounts();

    public ClusterConnections() {
        this(LINGER, ServiceAccountIdentity.MOUNTED);
    }

    /**
     * @param linger how long an unused client is kept
     * @param serviceAccount folder of the controller's own service account
     */
    ClusterConnections(Duration linger, Path serviceAccount) {
        this.linger = linger;
        this.serviceAccount = serviceAccount;
    }

    /** The one of this Jenkins. */
    public static ClusterConnections get() {
        return ExtensionList.lookupSingleton(ClusterConnections.class);
    }

    /** A client and its users. */
    private static final class SharedClient {
        private final KubernetesClient client;
        private final IdentityInterceptor identity;
        private int users;
        private long lastUse;

        SharedClient(KubernetesClient client, IdentityInterceptor identity) {
            this.client = client;
            this.identity = identity;
        }
    }

    /**
     * Gives a build a client. It does not talk to the API server, but a credential may have to ask another server for
     * its token: not for the thread that runs Pipeline code.
     *
     * @param run for the record of the credential's uses; null for none
     * @return to be closed by the caller
     * @throws AbortException when the settings or the credential cannot be used
     */
    public ClusterConnection open(SparkCluster cluster, Run<?, ?> run) throws AbortException {
        requireValid(cluster);
        IdentitySource source = source(cluster);
        Identity identity = source.read(run);
        ConnectionSettings settings = settings(cluster, source, identity);
        synchronized (clients) {
            SharedClient shared = clients.get(settings);
            if (shared == null) {
                IdentityInterceptor interceptor = new IdentityInterceptor(source, identity);
                shared = new SharedClient(client(cluster, settings, identity, interceptor, errors), interceptor);
                clients.put(settings, shared);
            }
            shared.identity.use(identity);
            shared.users++;
            return new Lease(settings, shared);
        }
    }

    /** How often API servers did not do what builds asked for. */
    public ApiErrorCounts errors() {
        return errors;
    }

    /** How many connections are open: given by {@link #open} and not closed yet. */
    public int inUse() {
        synchronized (clients) {
            return clients.values().stream().mapToInt(shared -> shared.users).sum();
        }
    }

    /**
     * A client of the caller's own, for a test of settings that may not be stored yet; with time limits of their own.
     */
    KubernetesClient openForTest(SparkCluster cluster, Duration connect, Duration request) throws AbortException {
        requireValid(cluster);
        IdentitySource source = source(cluster);
        Identity identity = source.read(null);
        ConnectionSettings settings = settings(cluster, source, identity)
                .impatient(Math.toIntExact(connect.toMillis()), Math.toIntExact(request.toMillis()));
        return client(cluster, settings, identity, new IdentityInterceptor(source, identity), new ApiErrorCounts());
    }

    /** What was stored by another version, or by hand, may not hold what the form asks for. */
    private static void requireValid(SparkCluster cluster) throws AbortException {
        List<String> problems = ClusterChecks.problems(List.of(cluster));
        if (!problems.isEmpty()) {
            throw new AbortException(String.join(System.lineSeparator(), problems));
        }
    }

    private IdentitySource source(SparkCluster cluster) {
        if (cluster.isInCluster()) {
            return new ServiceAccountIdentity(serviceAccount);
        }
        return cluster.getCredentialsId() == null
                ? new NoIdentity()
                : new CredentialIdentity(
                        cluster.getCredentialsId(),
                        cluster.apiServer(),
                        cluster.getCaCertificate(),
                        cluster.isSkipTlsVerify());
    }

    /** For an API server without authentication, such as a proxy that signs requests itself. */
    private record NoIdentity() implements IdentitySource {
        @Override
        public Identity read(Run<?, ?> run) {
            return Identity.ANONYMOUS;
        }
    }

    private static ConnectionSettings settings(SparkCluster cluster, IdentitySource source, Identity identity) {
        ProxyServer proxy = ProxyServer.on(Jenkins.get().getProxy(), cluster.apiServer());
        return ConnectionSettings.of(cluster, source, identity, proxy);
    }

    private static KubernetesClient client(
            SparkCluster cluster,
            ConnectionSettings settings,
            Identity identity,
            IdentityInterceptor interceptor,
            ApiErrorCounts errors)
            throws AbortException {
        try (SetContextClassLoader ignored = new SetContextClassLoader(ClusterConnections.class)) {
            return new KubernetesClientBuilder()
                    .withConfig(settings.config(identity))
                    .withHttpClientFactory(new OkHttpClientFactory())
                    .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor(
                                    TokenRefreshInterceptor.NAME, interceptor)
                            .addOrReplaceInterceptor(
                                    ApiErrorInterceptor.NAME, new ApiErrorInterceptor(settings.apiServer(), errors)))
                    .build();
        } catch (KubernetesClientException e) {
            LOGGER.log(Level.FINE, e, () -> "No client for " + cluster);
            throw new AbortException(
                    "The CA certificate of the cluster %s, or the certificate and key of its credential, cannot be used. An administrator can correct them in Manage Jenkins » System."
                            .formatted(cluster.getName()));
        }
    }

    /** The use of a client by one build. */
    private final class Lease implements ClusterConnection {
        private final ConnectionSettings settings;
        private final SharedClient shared;
        private final AtomicBoolean closed = new AtomicBoolean();

        Lease(ConnectionSettings settings, SharedClient shared) {
            this.settings = settings;
            this.shared = shared;
        }

        @Override
        public KubernetesClient client() {
            return shared.client;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release(settings, shared);
            }
        }
    }

    private void release(ConnectionSettings settings, SharedClient shared) {
        synchronized (clients) {
            shared.users--;
            if (shared.users > 0) {
                return;
            }
            shared.lastUse++;
            long use = shared.lastUse;
            Timer.get().schedule(() -> closeUnused(settings, shared, use), linger.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Unless it was used again meanwhile: then a later call of this will do it. */
    private void closeUnused(ConnectionSettings settings, SharedClient shared, long use) {
        synchronized (clients) {
            if (shared.users > 0 || shared.lastUse != use) {
                return;
            }
            clients.remove(settings);
        }
        shared.client.close();
    }

    /** How many clients are open, used or not. */
    int openClients() {
        synchronized (clients) {
            return clients.size();
        }
    }
}
