package io.jenkins.plugins.sparkk8s.cli;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;

/**
 * The API client, made while the application is prepared: each takes a quarter of the time of a submission, and neither needs the
 * other.
 */
final class ClientInBackground implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(ClientInBackground.class.getName());

    private static final Executor THREADS = task -> {
        Thread thread = new Thread(task, "spark-k8s-client");
        thread.setDaemon(true);
        thread.start();
    };

    private final CompletableFuture<KubernetesClient> client;

    private ClientInBackground(CompletableFuture<KubernetesClient> client) {
        this.client = client;
    }

    /** Loads the classes of a client, which needs no configuration; returns at once. */
    static void loadClasses() {
        THREADS.execute(() -> {
            try {
                // Also for http, where the client is made with it, too.
                SSLContext.getInstance("TLSv1.3");
            } catch (NoSuchAlgorithmException e) {
                LOGGER.log(Level.FINE, "This Java has no TLS 1.3.", e);
            }
            new KubernetesClientBuilder();
        });
    }

    /** @param maker is called on another thread; what it throws is thrown by {@link #await} */
    static ClientInBackground start(Supplier<KubernetesClient> maker) {
        return new ClientInBackground(CompletableFuture.supplyAsync(maker, THREADS));
    }

    /**
     * Lets the client find out how such a pod is written, which takes longer than writing it; best while something else is
     * waited for. A failure comes again when it is written.
     */
    void prepareToWrite(Pod pod) {
        client.thenAcceptAsync(made -> made.getKubernetesSerialization().asJson(pod), THREADS);
    }

    /**
     * Waits for the client, which this closes.
     *
     * @throws ConfigurationException when it cannot be made
     */
    KubernetesClient await() throws InterruptedException {
        try {
            return client.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    /** Also when it has not been made yet, but not before. */
    @Override
    public void close() {
        client.thenAccept(KubernetesClient::close);
    }
}
