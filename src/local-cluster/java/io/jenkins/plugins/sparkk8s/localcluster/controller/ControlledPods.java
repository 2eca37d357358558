package io.jenkins.plugins.sparkk8s.localcluster.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.localcluster.client.EventRecorder;
import java.util.List;

/**
 * The pods of one controller object, read from the API server each time: what was written a moment ago counts, so that
 * no pod is made twice.
 */
final class ControlledPods {

    private final KubernetesClient client;
    private final EventRecorder events;

    ControlledPods(KubernetesClient client, EventRecorder events) {
        this.client = client;
        this.events = events;
    }

    List<Pod> of(HasMetadata owner, LabelSelector selector) {
        return client
                .pods()
                .inNamespace(owner.getMetadata().getNamespace())
                .withLabelSelector(selector)
                .list()
                .getItems()
                .stream()
                .filter(pod -> isControlledBy(pod, owner))
                .toList();
    }

    /** Whether {@code owner} is the controller of {@code object}. */
    static boolean isControlledBy(HasMetadata object, HasMetadata owner) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(reference -> Boolean.TRUE.equals(reference.getController())
                        && reference.getUid().equals(owner.getMetadata().getUid()));
    }

    static OwnerReference controller(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    /** A pod of a template: labels, annotations and finalizers are the template's, its name and owner are not. */
    static Pod of(HasMetadata owner, PodTemplateSpec template) {
        ObjectMeta given = template.getMetadata();
        return new PodBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace(owner.getMetadata().getNamespace())
                        .withLabels(given.getLabels())
                        .withAnnotations(given.getAnnotations())
                        .withFinalizers(given.getFinalizers())
                        .withOwnerReferences(controller(owner))
                        .build())
                .withSpec(template.getSpec())
                .build();
    }

    /** Creates a pod; a refusal becomes an event of the owner, and the next round tries again. */
    boolean create(HasMetadata owner, Pod pod) {
        try {
            Pod created = client.resource(pod).create();
            events.normal(owner, "SuccessfulCreate", created(owner, created));
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() < 400 || e.getCode() >= 500) {
                throw e;
            }
            String why = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
            events.warning(owner, "FailedCreate", refused(owner, pod, why));
            return false;
        }
    }

    private static String created(HasMetadata owner, Pod pod) {
        return owner instanceof StatefulSet ? inSet(owner, pod) + " successful" : "Created pod: " + name(pod);
    }

    private static String refused(HasMetadata owner, Pod pod, String why) {
        return (owner instanceof StatefulSet ? inSet(owner, pod) + " failed error: " : "Error creating: ") + why;
    }

    private static String inSet(HasMetadata set, Pod pod) {
        return "Create Pod %s in StatefulSet %s".formatted(name(pod), name(set));
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }

    void delete(HasMetadata owner, Pod pod) {
        client.resource(pod).delete();
        events.normal(
                owner, "SuccessfulDelete", "Deleted pod: " + pod.getMetadata().getName());
    }

    static boolean isOver(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    static boolean isEnding(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }
}
