package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * Keeps a PersistentVolumeClaim that is being deleted until no pod uses it any more; see
 * <a href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#storage-object-in-use-protection">Storage
 * Object in Use Protection</a>.
 */
final class ClaimProtection {

    /** The finalizer that every claim has from its creation on. */
    static final String FINALIZER = "kubernetes.io/pvc-protection";

    private static final ResourceType CLAIMS = ResourceTypes.core("persistentvolumeclaims");
    private static final ResourceType PODS = ResourceTypes.core("pods");

    private final Store store;
    private final Registry registry;

    ClaimProtection(Store store, Registry registry) {
        this.store = store;
        this.registry = registry;
    }

    /** Whether a change may end the use of a claim. */
    static boolean concerns(StoreEvent event) {
        boolean deleting = event.object().path("metadata").has("deletionTimestamp");
        return event.resource().is("persistentvolumeclaims") && deleting
                || event.resource().is("pods") && (event.type() == StoreEvent.Type.DELETED || isOver(event.object()));
    }

    /** Lets the claims of a namespace go that are being deleted and that no pod uses. */
    void release(String namespace) {
        store.inTransaction(() -> {
            List<ObjectNode> pods = store.list(PODS, namespace);
            store.list(CLAIMS, namespace).stream()
                    .filter(claim -> claim.path("metadata").has("deletionTimestamp"))
                    .filter(claim -> pods.stream().noneMatch(pod -> uses(pod, Json.text(claim, "metadata", "name"))))
                    .forEach(this::unprotect);
            return null;
        });
    }

    private static boolean uses(ObjectNode pod, String claim) {
        return !isOver(pod)
                && Json.list(pod, "spec", "volumes").stream()
                        .anyMatch(v -> Json.text(v, "persistentVolumeClaim", "claimName")
                                .equals(claim));
    }

    private static boolean isOver(JsonNode pod) {
        return Set.of("Succeeded", "Failed").contains(Json.text(pod, "status", "phase"));
    }

    private void unprotect(ObjectNode claim) {
        if (Finalizers.has(claim, FINALIZER)) {
            registry.write(CLAIMS, Finalizers.without(claim, FINALIZER));
        }
    }
}
