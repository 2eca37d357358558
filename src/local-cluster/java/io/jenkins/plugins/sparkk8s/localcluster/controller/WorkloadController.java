package io.jenkins.plugins.sparkk8s.localcluster.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.jenkins.plugins.sparkk8s.localcluster.client.EventRecorder;
import io.jenkins.plugins.sparkk8s.localcluster.client.Informers;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the pods of Deployments, ReplicaSets and StatefulSets, with which Spark can have its executors made and a user
 * anything else. Without such objects it sends no request but its watches.
 */
public final class WorkloadController implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(WorkloadController.class.getName());

    private final KubernetesClient client;
    private final EventRecorder events;
    private final Deployments deploymentRules;
    private final ReplicaSets setRules;
    private final StatefulSets statefulRules;
    private final ControlLoop loop = new ControlLoop("workload-controller", this::reconcile);
    private final SharedIndexInformer<Deployment> deployments;
    private final SharedIndexInformer<ReplicaSet> sets;
    private final SharedIndexInformer<StatefulSet> stateful;
    private final List<SharedIndexInformer<?>> informers;

    /**
     * Starts the controller.
     *
     * @param config how to reach the API server, with all rights
     */
    public WorkloadController(Config config) {
        client = Informers.patientClient(config);
        events = new EventRecorder(client, "workload-controller", null);
        ControlledPods pods = new ControlledPods(client, events);
        deploymentRules = new Deployments(client, events);
        setRules = new ReplicaSets(client, pods);
        statefulRules = new StatefulSets(client, pods);
        deployments = Informers.start(client.apps().deployments().inAnyNamespace(), d -> loop.wake(), d -> loop.wake());
        sets = Informers.start(client.apps().replicaSets().inAnyNamespace(), s -> loop.wake(), s -> loop.wake());
        stateful = Informers.start(client.apps().statefulSets().inAnyNamespace(), s -> loop.wake(), s -> loop.wake());
        informers = List.of(
                deployments,
                sets,
                stateful,
                Informers.start(client.pods().inAnyNamespace(), pod -> loop.wake(), pod -> loop.wake()));
        loop.start();
    }

    private void reconcile() {
        deployments.getStore().list().forEach(d -> guarded(d, deploymentRules::reconcile));
        sets.getStore().list().forEach(s -> guarded(s, setRules::reconcile));
        stateful.getStore().list().forEach(s -> guarded(s, statefulRules::reconcile));
    }

    /** Works on the object as it is now; what is wrong with one holds up no other. */
    private <T extends HasMetadata> void guarded(T seen, Consumer<T> rules) {
        try {
            Resource<T> resource = client.resource(seen);
            T now = resource.get();
            if (now != null
                    && now.getMetadata().getUid().equals(seen.getMetadata().getUid())) {
                rules.accept(now);
            }
        } catch (KubernetesClientException e) {
            LOGGER.log(Level.FINE, e, () -> seen.getFullResourceName() + " waits for the next round");
        }
    }

    /** Stops; pods stay. */
    @Override
    public void close() {
        loop.close();
        informers.forEach(SharedIndexInformer::stop);
        events.close();
        client.close();
    }
}
