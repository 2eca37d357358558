package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Set;

/**
 * Deletion: at once, or first marked with a time and a grace period until the kubelet confirms, or until the last
 * finalizer is gone.
 */
final class Deletions {

    /** The finalizer that makes an owner wait for its dependents. */
    static final String FOREGROUND = "foregroundDeletion";
    /** The finalizer that makes an owner wait until its dependents are deleted. */
    static final String ORPHAN = "orphan";

    private static final Set<String> RETURN_OBJECT = Set.of(
            "pods", "services", "serviceaccounts", "persistentvolumeclaims", "persistentvolumes", "resourcequotas");

    private final Store store;
    private final Registry registry;
    private final Clock clock;

    Deletions(Store store, Registry registry, Clock clock) {
        this.store = store;
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * Deletes an object, or begins to.
     *
     * @return what the client gets: the object, or a Status for resources whose deletion answers with one
     * @throws ApiException 404 or 409
     */
    ObjectNode delete(ResourceType type, String namespace, String name, DeleteOptions options) {
        return store.inTransaction(() -> {
            ObjectNode old = registry.get(type, namespace, name);
            Preconditions.delete(type, name, old, options.preconditions());
            if (type.is("namespaces") && Set.of("default", "kube-system").contains(name)) {
                throw ApiException.forbidden(type, name, "this namespace may not be deleted");
            }
            ObjectNode marked = marked(type, old, options);
            if (!finished(marked)) {
                return options.dryRun() || marked.equals(old) ? marked : store.put(type, marked);
            }
            ObjectNode last = type.is("pods") ? marked : old;
            if (!options.dryRun()) {
                Json.metadata(last)
                        .set(
                                "resourceVersion",
                                store.remove(type, ObjectKey.of(old))
                                        .orElse(old)
                                        .path("metadata")
                                        .path("resourceVersion"));
            }
            return RETURN_OBJECT.contains(type.storage()) ? last : success(type, old);
        });
    }

    /** Whether nothing keeps an object that is being deleted. */
    static boolean finished(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return metadata.has("deletionTimestamp")
                && metadata.path("deletionGracePeriodSeconds").asLong() == 0
                && metadata.path("finalizers").isEmpty()
                && object.path("spec").path("finalizers").isEmpty();
    }

    private ObjectNode marked(ResourceType type, ObjectNode old, DeleteOptions options) {
        ObjectNode object = old.deepCopy();
        ObjectNode metadata = Json.metadata(object);
        long grace = gracePeriod(type, old, options);
        boolean first = !metadata.has("deletionTimestamp");
        if (first || grace < metadata.path("deletionGracePeriodSeconds").asLong()) {
            metadata.put("deletionTimestamp", Json.time(clock.instant().plusSeconds(grace)));
            if (!type.is("namespaces")) {
                metadata.put("deletionGracePeriodSeconds", grace);
            }
        }
        if (first && options.propagation() != DeleteOptions.Propagation.BACKGROUND) {
            boolean orphan = options.propagation() == DeleteOptions.Propagation.ORPHAN;
            Finalizers.add(object, orphan ? ORPHAN : FOREGROUND);
        }
        if (type.is("namespaces")) {
            Json.child(object, "status").put("phase", "Terminating");
        }
        return object;
    }

    /** Only pods have a grace period, and only while something may still run. */
    private static long gracePeriod(ResourceType type, ObjectNode object, DeleteOptions options) {
        if (!type.is("pods")) {
            return 0;
        }
        String phase = Json.text(object, "status", "phase");
        if (Json.text(object, "spec", "nodeName").isEmpty()
                || Set.of("Succeeded", "Failed").contains(phase)) {
            return 0;
        }
        long own = object.path("spec").path("terminationGracePeriodSeconds").asLong(30);
        long grace = options.grace().orElse(own);
        return grace < 0 ? 1 : grace;
    }

    private static ObjectNode success(ResourceType type, ObjectNode object) {
        ObjectNode status = ApiException.status("Success", 200, "", "");
        status.remove("code");
        ObjectNode details = status.putObject("details");
        details.put("name", Json.text(object, "metadata", "name"));
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        details.put("kind", type.plural()).put("uid", Json.text(object, "metadata", "uid"));
        return status;
    }
}
