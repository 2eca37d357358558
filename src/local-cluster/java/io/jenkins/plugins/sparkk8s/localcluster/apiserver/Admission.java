package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The admission plugins that decide by other objects: namespace life cycle, service account, priority, pod security. */
final class Admission {

    private static final Set<String> BUILT_IN_PRIORITIES = Set.of("system-node-critical", "system-cluster-critical");

    private final Store store;
    private final KubernetesVersion version;

    Admission(Store store, KubernetesVersion version) {
        this.store = store;
        this.version = version;
    }

    /**
     * The namespace must exist and must not be on its way out.
     *
     * @throws ApiException 404 or 403
     */
    void namespace(ResourceType type, ObjectNode object) {
        if (!type.namespaced()) {
            return;
        }
        String name = Json.text(object, "metadata", "namespace");
        ResourceType namespaces = ResourceTypes.core("namespaces");
        ObjectNode namespace = store.get(namespaces, new ObjectKey("", name))
                .orElseThrow(() -> ApiException.notFound(namespaces, name));
        if (namespace.path("metadata").has("deletionTimestamp")) {
            String why = "unable to create new content in namespace " + name + " because it is being terminated";
            throw ApiException.forbidden(type, Json.text(object, "metadata", "name"), why)
                    .cause("NamespaceTerminating", "namespace " + name + " is being terminated", "metadata.namespace");
        }
    }

    /**
     * What a new pod refers to must exist; what it leaves open is filled in.
     *
     * @param suffix makes the ends of names
     * @throws ApiException 403
     */
    void create(ResourceType type, ObjectNode object, Supplier<String> suffix) {
        if (!type.is("pods")) {
            return;
        }
        String namespace = Json.text(object, "metadata", "namespace");
        String name = Json.text(object, "metadata", "name");
        String account = Json.text(object, "spec", "serviceAccountName");
        ObjectNode serviceAccount = store.get(ResourceTypes.core("serviceaccounts"), new ObjectKey(namespace, account))
                .orElseThrow(() -> ApiException.forbidden(
                        type,
                        name,
                        "error looking up service account " + namespace + "/" + account + ": serviceaccount \""
                                + account + "\" not found"));
        PodAdmission.complete(object, serviceAccount, suffix.get());
        String priority = Json.text(object, "spec", "priorityClassName");
        if (!priority.isEmpty() && !BUILT_IN_PRIORITIES.contains(priority)) {
            ObjectNode spec = Json.child(object, "spec");
            spec.put(
                    "priority",
                    priorityClass(type, name, priority).path("value").asInt());
        }
    }

    /**
     * Comes after the validation, as all admission that changes nothing does.
     *
     * @throws ApiException 403 for a pod that the level of its namespace does not admit
     */
    void podSecurity(ResourceType type, ObjectNode object) {
        if (type.is("pods") && version.podSecurity()) {
            store.get(ResourceTypes.core("namespaces"), new ObjectKey("", Json.text(object, "metadata", "namespace")))
                    .ifPresent(namespace -> PodSecurityAdmission.check(type, namespace, object));
        }
    }

    private ObjectNode priorityClass(ResourceType pods, String pod, String name) {
        ResourceType type =
                ResourceTypes.find("scheduling.k8s.io", "v1", "priorityclasses").orElseThrow();
        return store.get(type, new ObjectKey("", name))
                .orElseThrow(
                        () -> ApiException.forbidden(pods, pod, "no PriorityClass with name " + name + " was found"));
    }

    /**
     * An object that is being deleted gets no further finalizers.
     *
     * @throws ApiException 422
     */
    static void deletingKeepsNoNewFinalizers(ResourceType type, ObjectNode old, ObjectNode updated) {
        if (!old.path("metadata").has("deletionTimestamp")) {
            return;
        }
        List<JsonNode> before = Json.list(old, "metadata", "finalizers");
        List<JsonNode> added = Json.list(updated, "metadata", "finalizers").stream()
                .filter(f -> !before.contains(f))
                .toList();
        if (!added.isEmpty()) {
            throw ApiException.invalid(
                    type,
                    Json.text(old, "metadata", "name"),
                    List.of(FieldError.forbidden(
                            "metadata.finalizers",
                            "no new finalizers can be added if the object is being deleted, found new finalizers "
                                    + added)));
        }
    }
}
