package io.jenkins.plugins.sparkk8s.preflight;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.kubernetes.ApiErrors;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Several calls of the API server at the same time, all of which must be answered within the time that the
 * configuration gives one request, connecting included. Lives as long as one pre-flight; closing it gives up on what is
 * still under way.
 */
final class ConcurrentCalls implements AutoCloseable {
    private static final int THREADS = 8;

    private final ApiErrors errors;
    private final ExecutorService threads;
    private final long deadline;

    ConcurrentCalls(KubernetesClient client) {
        this.errors = ApiErrors.of(client);
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "spark-k8s-preflight");
            thread.setDaemon(true);
            return thread;
        });
        this.deadline = System.nanoTime() + limit(client.getConfiguration()).toNanos();
    }

    /** A timeout of 0 is none, as in the API client. */
    private static Duration limit(Config config) {
        return config.getRequestTimeout() <= 0
                ? Duration.ofDays(1)
                : Duration.ofMillis((long) config.getRequestTimeout() + Math.max(0, config.getConnectionTimeout()));
    }

    /**
     * What came of a call.
     *
     * @param value null when the call was refused, or when its answer is null
     * @param refusal null when the call was answered
     */
    record Answer<T>(T value, KubernetesClientException refusal) {
        boolean isRefused() {
            return refusal != null;
        }
    }

    /** A call that has been started. */
    interface Started<T> {
        /**
         * Waits for the answer.
         *
         * @throws ClusterException when the API server cannot be reached, does not answer in time or does not accept
         *     the credentials: no other call would fare better
         */
        Answer<T> await() throws InterruptedException;
    }

    /** @param verb and {@code object} are for the sentence about a server that cannot be reached */
    <T> Started<T> start(String verb, ObjectReference object, Supplier<T> call) {
        Future<T> future = threads.submit(call::get);
        return () -> {
            try {
                return new Answer<>(future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS), null);
            } catch (TimeoutException e) {
                throw errors.translate(new KubernetesClientException("no answer in time", e), verb, object);
            } catch (ExecutionException e) {
                return new Answer<>(null, refusal(e, verb, object));
            }
        };
    }

    private KubernetesClientException refusal(ExecutionException e, String verb, ObjectReference object) {
        if (e.getCause() instanceof KubernetesClientException refusal) {
            if (refusal.getCode() <= 0 || refusal.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
                throw errors.translate(refusal, verb, object);
            }
            return refusal;
        }
        throw new IllegalStateException("The call " + verb + " " + object + " failed.", e.getCause());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
