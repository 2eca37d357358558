package io.jenkins.plugins.sparkk8s.submission;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A submission whose submitter died between writing the identity down and hearing that all was done. What it made is found
 * by name, and recognised by our label; so it needs no right to list anything.
 */
public final class InterruptedSubmission {
    private final ClusterObjects objects;
    private final SubmissionHandle planned;
    private final List<ObjectReference> dependants;

    /**
     * @param planned as written down before anything was created
     * @param dependants the other objects of the driver, which may or may not exist
     */
    public InterruptedSubmission(KubernetesClient client, SubmissionHandle planned, List<ObjectReference> dependants) {
        this.objects = new ClusterObjects(client, SecretMask.of(SparkConf.empty()));
        this.planned = planned;
        this.dependants = List.copyOf(dependants);
    }

    /**
     * Completes what was begun, when the driver pod was created: it becomes the owner of the others.
     *
     * @return the handle with the pod's uid; empty when there is no such pod, or it is not ours
     * @throws ClusterException when the cluster refuses or cannot be reached
     */
    public Optional<SubmissionHandle> takeOver() {
        Optional<Pod> driver = objects.get(driverPod()).filter(this::isOurs);
        driver.ifPresent(pod -> existing().forEach(object -> objects.setOwner(object, pod.getMetadata())));
        return driver.map(HasMetadata::getMetadata).map(planned::withDriverPod);
    }

    /**
     * Removes all that was created, the driver pod first; one whose uid is known is removed before anything is asked, so that an abort
     * waits for no other answer.
     *
     * @return what was removed
     * @throws ClusterException when the cluster refuses or cannot be reached
     */
    public List<ObjectReference> remove() {
        List<ObjectReference> removed = new ArrayList<>();
        removeDriver(removed);
        existing().forEach(object -> remove(object, removed));
        return removed;
    }

    private void removeDriver(List<ObjectReference> removed) {
        Optional<String> uid = planned.createdDriverPodUid();
        if (uid.isEmpty()) {
            objects.get(driverPod()).filter(this::isOurs).ifPresent(pod -> remove(pod, removed));
        } else if (objects.delete(driverPod(), uid.get())) {
            removed.add(ObjectReference.to(driverPod()));
        }
    }

    private void remove(HasMetadata object, List<ObjectReference> removed) {
        objects.delete(object);
        removed.add(ObjectReference.to(object));
    }

    private List<GenericKubernetesResource> existing() {
        return dependants.stream()
                .map(this::resource)
                .map(objects::get)
                .flatMap(Optional::stream)
                .filter(this::isOurs)
                .toList();
    }

    private boolean isOurs(HasMetadata object) {
        return ClusterObjects.belongsTo(object, planned.applicationId());
    }

    private Pod driverPod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName(planned.driverPodName())
                .withNamespace(planned.namespace())
                .endMetadata()
                .build();
    }

    private GenericKubernetesResource resource(ObjectReference reference) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(reference.apiVersion())
                .withKind(reference.kind())
                .withNewMetadata()
                .withName(reference.name())
                .withNamespace(planned.namespace())
                .endMetadata()
                .build();
    }
}
