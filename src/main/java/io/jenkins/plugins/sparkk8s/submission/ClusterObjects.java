package io.jenkins.plugins.sparkk8s.submission;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.kubernetes.ApiErrors;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The calls of a submission on one object each; what fails becomes a {@link ClusterException}. */
final class ClusterObjects {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final ApiErrors errors;
    private final SecretMask mask;

    /** @param mask what must not be in an error */
    ClusterObjects(KubernetesClient client, SecretMask mask) {
        this.client = client;
        this.mask = mask;
        this.errors = ApiErrors.of(client);
    }

    /** The object as the API server has it; empty when there is none. */
    <T extends HasMetadata> Optional<T> get(T object) {
        return Optional.ofNullable(call("get", object, () -> resource(object).get()));
    }

    /**
     * Creates the object.
     *
     * @return its metadata as the API server has it; empty when one of that name is already there
     */
    Optional<ObjectMeta> create(HasMetadata object) {
        return call("create", object, () -> {
            try {
                return Optional.of(untyped(object).create().getMetadata());
            } catch (KubernetesClientException e) {
                if (e.getCode() == CONFLICT && isAlreadyThere(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** 409 is also the answer when a quota is being changed at the same time. */
    private static boolean isAlreadyThere(KubernetesClientException e) {
        return e.getStatus() == null || !"Conflict".equals(e.getStatus().getReason());
    }

    void delete(HasMetadata object) {
        call("delete", object, () -> resource(object).delete());
    }

    /**
     * Deletes the very pod that was created, and asks nothing before.
     *
     * @param pod its name and namespace
     * @return false when it is gone, whatever has its name now
     */
    boolean delete(Pod pod, String uid) {
        String path = "/api/v1/namespaces/%s/pods/%s"
                .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
        DeleteOptions options = new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(uid)
                .endPreconditions()
                .build();
        return call("delete", pod, () -> {
            try {
                client.raw(path, "DELETE", options);
                return true;
            } catch (KubernetesClientException e) {
                if (e.getCode() == NOT_FOUND || e.getCode() == CONFLICT) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Makes the pod the one and only owner, as Spark does. */
    void setOwner(HasMetadata object, ObjectMeta owner) {
        OwnerReference reference = new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(owner.getName())
                .withUid(owner.getUid())
                .withController(true)
                .build();
        String patch = client.getKubernetesSerialization()
                .asJson(Map.of("metadata", Map.of("ownerReferences", List.of(reference))));
        call("patch", object, () -> untyped(object).patch(PatchContext.of(PatchType.JSON_MERGE), patch));
    }

    /** Whether the object was made for the application, by this or an earlier try. */
    static boolean belongsTo(HasMetadata object, String applicationId) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels != null && applicationId.equals(labels.get(Constants.OWN_APPLICATION_LABEL));
    }

    private <T extends HasMetadata> Resource<T> resource(T object) {
        NamespaceableResource<T> resource = client.resource(object);
        return resource.inNamespace(object.getMetadata().getNamespace());
    }

    /**
     * For answers of which the metadata alone is read. To read a Pod as such the client prepares more than a hundred types, which takes
     * longer than the request.
     */
    private Resource<? extends HasMetadata> untyped(HasMetadata object) {
        if (object instanceof GenericKubernetesResource) {
            return resource(object);
        }
        GenericKubernetesResource untyped =
                client.getKubernetesSerialization().convertValue(object, GenericKubernetesResource.class);
        return client.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(object.getClass()))
                .inNamespace(object.getMetadata().getNamespace())
                .resource(untyped);
    }

    private <T> T call(String verb, HasMetadata object, Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            throw errors.translate(e, verb, ObjectReference.to(object)).masked(mask);
        }
    }
}
