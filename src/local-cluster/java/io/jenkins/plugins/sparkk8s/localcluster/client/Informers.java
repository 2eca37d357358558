package io.jenkins.plugins.sparkk8s.localcluster.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Informers as a cluster component needs them: they never give up, however long the API server is unreachable, because nothing
 * restarts a component of the local cluster.
 */
public final class Informers {

    private Informers() {}

    /**
     * Opens a client whose watches come back within seconds after an absence of the API server.
     *
     * @param config how to reach the API server
     * @return a client that the caller closes
     */
    public static KubernetesClient patientClient(Config config) {
        Config patient = new ConfigBuilder(config)
                .withWatchReconnectInterval((int) Duration.ofMillis(100).toMillis())
                .withWatchReconnectLimit(-1)
                .withRequestRetryBackoffLimit(1)
                .build();
        return new KubernetesClientBuilder().withConfig(patient).build();
    }

    /**
     * Starts an informer.
     *
     * @param <T> kind of the objects
     * @param resources what to list and watch
     * @param changed receives each object that was added or changed, on the informer's thread
     * @param deleted receives the last known state of each object that is gone, on the informer's thread
     * @return the running informer, which the caller stops
     */
    public static <T extends HasMetadata> SharedIndexInformer<T> start(
            Informable<T> resources, Consumer<T> changed, Consumer<T> deleted) {
        SharedIndexInformer<T> informer = resources.runnableInformer(0);
        informer.exceptionHandler((started, failure) -> true);
        informer.addEventHandler(new ResourceEventHandler<T>() {
            @Override
            public void onAdd(T object) {
                changed.accept(object);
            }

            @Override
            public void onUpdate(T before, T object) {
                changed.accept(object);
            }

            @Override
            public void onDelete(T object, boolean finalStateUnknown) {
                deleted.accept(object);
            }
        });
        informer.start();
        return informer;
    }
}
