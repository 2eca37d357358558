package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Deletes what has no owner any more: the garbage collector and the namespace controller of a real cluster, on one
 * thread of their own. It works on notes of changes, so that it is always a little later than the change.
 *
 * <p>See <a href="https://kubernetes.io/docs/concepts/architecture/garbage-collection/">Garbage collection</a>.
 */
final class GarbageCollector implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(GarbageCollector.class.getName());
    /** As long as a namespace stays Terminating at least; a real one does so for some seconds. */
    private static final long NAMESPACE_MILLIS = 3000;

    private static final long NAMESPACE_CHECK_MILLIS = 500;

    private static final ResourceType NAMESPACES = ResourceTypes.core("namespaces");

    private final Store store;
    private final ResourceCatalog resources;
    private final Registry registry;
    private final Deletions deletions;
    private final ClaimProtection claims;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "apiserver-gc");
        thread.setDaemon(true);
        return thread;
    });

    GarbageCollector(Store store, Registry registry, Deletions deletions) {
        this.store = store;
        this.resources = new ResourceCatalog(store);
        this.registry = registry;
        this.deletions = deletions;
        this.claims = new ClaimProtection(store, registry);
        store.listen(this::note);
    }

    private void note(StoreEvent event) {
        boolean deleted = event.type() == StoreEvent.Type.DELETED;
        JsonNode metadata = event.object().path("metadata");
        if (deleted) {
            later(() -> afterDeletion(event.object()));
        } else if (metadata.has("ownerReferences")) {
            later(() -> examine(event.resource(), event.key()));
        }
        if (!deleted && metadata.has("deletionTimestamp")) {
            later(() -> settle(event.resource(), event.key()));
        }
        if (ClaimProtection.concerns(event)) {
            later(() -> claims.release(event.key().namespace()));
        }
    }

    private void later(Runnable work) {
        later(work, 0);
    }

    private void later(Runnable work, long millis) {
        try {
            executor.schedule(
                    () -> {
                        try {
                            work.run();
                        } catch (ApiException changedMeanwhile) {
                            // The change that got in between has made a note of its own.
                            LOGGER.log(Level.FINE, "left to the next note", changedMeanwhile);
                        }
                    },
                    millis,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "the server is closing", e);
        }
    }

    private void afterDeletion(ObjectNode gone) {
        String uid = Json.text(gone, "metadata", "uid");
        removeResourcesOf(gone);
        dependents(uid).forEach(d -> examine(typeOf(d), ObjectKey.of(d)));
        for (JsonNode reference : Json.list(gone, "metadata", "ownerReferences")) {
            store.byUid(Json.text(reference, "uid")).ifPresent(o -> settle(typeOf(o), ObjectKey.of(o)));
        }
        String namespace = Json.text(gone, "metadata", "namespace");
        if (!namespace.isEmpty()) {
            settle(NAMESPACES, new ObjectKey("", namespace));
        }
    }

    /** The objects of a resource end with the CustomResourceDefinition that defined it. */
    private void removeResourcesOf(ObjectNode gone) {
        if (!Json.text(gone, "kind").equals(ResourceTypes.CUSTOM.kind())) {
            return;
        }
        for (ResourceType type : ResourceCatalog.defined(gone)) {
            store.list(type, "").forEach(o -> store.remove(type, ObjectKey.of(o)));
        }
    }

    /** Decides whether an object that names owners still has one. */
    private void examine(ResourceType type, ObjectKey key) {
        store.inTransaction(() -> {
            store.get(type, key)
                    .filter(o -> !o.path("metadata").has("deletionTimestamp"))
                    .ifPresent(o -> examine(type, o));
            return null;
        });
    }

    private void examine(ResourceType type, ObjectNode object) {
        List<JsonNode> living = new ArrayList<>();
        boolean awaited = false;
        List<JsonNode> references = Json.list(object, "metadata", "ownerReferences");
        for (JsonNode reference : references) {
            Optional<ObjectNode> owner = owner(object, reference);
            if (owner.filter(o -> Finalizers.has(o, Deletions.FOREGROUND)).isPresent()) {
                awaited = true;
            } else if (owner.isPresent()) {
                living.add(reference);
            }
        }
        if (references.isEmpty() || living.size() == references.size()) {
            return;
        }
        if (!living.isEmpty()) {
            keepReferences(type, object, living);
            return;
        }
        String uid = Json.text(object, "metadata", "uid");
        boolean wait = awaited && !dependents(uid).isEmpty();
        DeleteOptions options = DeleteOptions.background()
                .onlyUid(uid)
                .with(wait ? DeleteOptions.Propagation.FOREGROUND : DeleteOptions.Propagation.BACKGROUND);
        ObjectKey key = ObjectKey.of(object);
        deletions.delete(type, key.namespace(), key.name(), options);
    }

    private Optional<ObjectNode> owner(ObjectNode dependent, JsonNode reference) {
        String namespace = Json.text(dependent, "metadata", "namespace");
        return store.byUid(Json.text(reference, "uid")).filter(o -> {
            String own = Json.text(o, "metadata", "namespace");
            return own.isEmpty() || own.equals(namespace);
        });
    }

    private void keepReferences(ResourceType type, ObjectNode object, List<JsonNode> kept) {
        ObjectNode updated = object.deepCopy();
        ObjectNode metadata = Json.metadata(updated);
        if (kept.isEmpty()) {
            metadata.remove("ownerReferences");
        } else {
            ArrayNode references = metadata.putArray("ownerReferences");
            kept.forEach(references::add);
        }
        registry.write(type, updated);
    }

    /** Removes what keeps an object that is being deleted, once it may go. */
    private void settle(ResourceType type, ObjectKey key) {
        store.inTransaction(() -> {
            store.get(type, key)
                    .filter(o -> o.path("metadata").has("deletionTimestamp"))
                    .ifPresent(o -> settle(type, o));
            return null;
        });
    }

    private void settle(ResourceType type, ObjectNode object) {
        String uid = Json.text(object, "metadata", "uid");
        if (type.is("namespaces")) {
            empty(object);
        } else if (Finalizers.has(object, Deletions.ORPHAN)) {
            dependents(uid).forEach(d -> keepReferences(typeOf(d), d, referencesBut(d, uid)));
            removeFinalizer(type, object, Deletions.ORPHAN);
        } else if (Finalizers.has(object, Deletions.FOREGROUND)) {
            dependents(uid).forEach(d -> examine(typeOf(d), ObjectKey.of(d)));
            boolean blocked = dependents(uid).stream().anyMatch(d -> blocks(d, uid));
            if (!blocked) {
                removeFinalizer(type, object, Deletions.FOREGROUND);
            }
        }
    }

    private void empty(ObjectNode namespace) {
        String name = Json.text(namespace, "metadata", "name");
        for (ObjectNode object : contents(name)) {
            ObjectKey key = ObjectKey.of(object);
            ResourceType type = typeOf(object);
            if (store.get(type, key).isPresent()) {
                deletions.delete(type, key.namespace(), key.name(), DeleteOptions.background());
            }
        }
        Instant deleted = Instant.parse(Json.text(namespace, "metadata", "deletionTimestamp"));
        if (Instant.now().isBefore(deleted.plusMillis(NAMESPACE_MILLIS))) {
            later(() -> settle(NAMESPACES, ObjectKey.of(namespace)), NAMESPACE_CHECK_MILLIS);
        } else if (contents(name).isEmpty()) {
            ObjectNode updated = namespace.deepCopy();
            Json.child(updated, "spec").remove("finalizers");
            registry.write(NAMESPACES, updated);
        }
    }

    private List<ObjectNode> contents(String namespace) {
        return store.everything().stream()
                .filter(o -> Json.text(o, "metadata", "namespace").equals(namespace))
                .toList();
    }

    private void removeFinalizer(ResourceType type, ObjectNode object, String finalizer) {
        registry.write(type, Finalizers.without(object, finalizer));
    }

    private List<ObjectNode> dependents(String uid) {
        return store.everything().stream()
                .filter(o -> referencesBut(o, uid).size()
                        < Json.list(o, "metadata", "ownerReferences").size())
                .toList();
    }

    private static List<JsonNode> referencesBut(ObjectNode object, String uid) {
        return Json.list(object, "metadata", "ownerReferences").stream()
                .filter(r -> !Json.text(r, "uid").equals(uid))
                .toList();
    }

    private static boolean blocks(ObjectNode dependent, String uid) {
        return Json.list(dependent, "metadata", "ownerReferences").stream()
                .anyMatch(r -> Json.text(r, "uid").equals(uid)
                        && r.path("blockOwnerDeletion").asBoolean());
    }

    private ResourceType typeOf(ObjectNode object) {
        return resources
                .byKind(Json.text(object, "apiVersion"), Json.text(object, "kind"))
                .orElseThrow(() -> new IllegalStateException("stored object of unknown kind " + object.path("kind")));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
