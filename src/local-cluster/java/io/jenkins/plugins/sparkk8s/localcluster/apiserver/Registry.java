package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Reading, creating and changing objects by the rules every resource shares; deletion is {@link Deletions}'. */
final class Registry {

    /** The letters of generated suffixes: no vowels, so that no words come about. */
    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private static final int SUFFIX_LENGTH = 5;

    /** What only the server writes; the client's value is ignored on a change. */
    private static final List<String> SERVER_OWNED = List.of(
            "uid",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generateName",
            "generation",
            "selfLink");

    private final Store store;
    private final Admission admission;
    private final Clock clock;
    private final KubernetesVersion version;
    private final Defaults defaults = new Defaults();
    private final Random random = new SecureRandom();

    Registry(Store store, Clock clock, KubernetesVersion version) {
        this.store = store;
        this.admission = new Admission(store, version);
        this.clock = clock;
        this.version = version;
    }

    /**
     * The object of that name.
     *
     * @throws ApiException 404
     */
    ObjectNode get(ResourceType type, String namespace, String name) {
        return store.get(type, new ObjectKey(namespace, name)).orElseThrow(() -> ApiException.notFound(type, name));
    }

    /**
     * Creates an object.
     *
     * @param body what the client sent; left as it is
     * @return the object as stored, or as it would be with {@code dryRun}
     * @throws ApiException 400, 403, 404, 409 or 422
     */
    ObjectNode create(ResourceType type, String namespace, ObjectNode body, boolean dryRun) {
        ObjectNode object = body.deepCopy();
        head(type, namespace, object);
        return store.inTransaction(() -> {
            admission.namespace(type, object);
            ObjectNode metadata = Json.metadata(object);
            if (Json.text(metadata, "name").isEmpty()
                    && !Json.text(metadata, "generateName").isEmpty()) {
                metadata.put("name", Json.text(metadata, "generateName") + suffix());
            }
            Defaults.initialStatus(type, object);
            defaults.apply(type, object);
            if (type.is("persistentvolumeclaims")) {
                Finalizers.add(object, ClaimProtection.FINALIZER);
            }
            admission.create(type, object, this::suffix);
            Validation.create(type, object, version);
            admission.podSecurity(type, object);
            Defaults.initialStatus(type, object);
            if (store.get(type, ObjectKey.of(object)).isPresent()) {
                throw ApiException.alreadyExists(type, Json.text(metadata, "name"));
            }
            return dryRun ? object : stored(type, object);
        });
    }

    private ObjectNode stored(ResourceType type, ObjectNode object) {
        ObjectNode stored = store.put(type, object);
        if (type.is("namespaces")) {
            ObjectNode account = Json.object();
            account.put("apiVersion", "v1").put("kind", "ServiceAccount");
            Json.metadata(account).put("name", "default");
            create(ResourceTypes.core("serviceaccounts"), Json.text(object, "metadata", "name"), account, false);
        }
        return stored;
    }

    private void head(ResourceType type, String namespace, ObjectNode object) {
        ObjectNode metadata = checkedHead(type, namespace, object);
        if (!Json.text(metadata, "resourceVersion").isEmpty()) {
            throw new ApiException(500, "", "resourceVersion should not be set on objects to be created");
        }
        SERVER_OWNED.stream().filter(m -> !m.equals("generateName")).forEach(metadata::remove);
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", Json.time(clock.instant()));
        metadata.remove("generation");
        if (hasGeneration(type)) {
            metadata.put("generation", 1);
        }
    }

    private boolean hasGeneration(ResourceType type) {
        return type.is("pods") && version.podGeneration()
                || type.group().equals("apps")
                || ResourceCatalog.isCustom(type);
    }

    /** Checks kind and namespace against the path, and fills them in. */
    private static ObjectNode checkedHead(ResourceType type, String namespace, ObjectNode object) {
        String apiVersion = Json.text(object, "apiVersion");
        String kind = Json.text(object, "kind");
        if (!apiVersion.isEmpty() && !apiVersion.equals(type.apiVersion())) {
            throw ApiException.badRequest("the API version in the data (" + apiVersion
                    + ") does not match the expected API version (" + type.apiVersion() + ")");
        }
        if (!kind.isEmpty() && !kind.equals(type.kind())) {
            throw ApiException.badRequest(
                    kind + " in version \"" + type.version() + "\" cannot be handled as a " + type.kind());
        }
        object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        ObjectNode metadata = Json.metadata(object);
        String own = Json.text(metadata, "namespace");
        if (type.namespaced()) {
            if (!own.isEmpty() && !own.equals(namespace)) {
                throw ApiException.badRequest(
                        "the namespace of the provided object does not match the namespace sent on the request");
            }
            metadata.put("namespace", namespace);
        } else {
            metadata.remove("namespace");
        }
        return metadata;
    }

    /**
     * Changes an object.
     *
     * @param change makes the wanted object from the present one; must not keep or change its argument
     * @param part what of the result counts
     * @return the object as stored, or as it would be with {@code dryRun}
     * @throws ApiException 400, 404, 409 or 422
     */
    ObjectNode update(
            ResourceType type,
            String namespace,
            String name,
            UnaryOperator<ObjectNode> change,
            Part part,
            boolean dryRun) {
        return store.inTransaction(() -> {
            ObjectNode old = get(type, namespace, name);
            ObjectNode wanted = change.apply(old.deepCopy());
            checkedHead(type, namespace, wanted);
            Preconditions.update(type, name, old, wanted);
            ObjectNode updated = part.of(type, old, wanted);
            ownedByServer(old, updated);
            if (part == Part.MAIN) {
                Defaults.keepAllocated(type, old, updated);
                defaults.apply(type, updated);
                Validation.update(type, old, updated, version);
                Admission.deletingKeepsNoNewFinalizers(type, old, updated);
            }
            if (updated.equals(old)) {
                return old;
            }
            if (hasGeneration(type) && !updated.path("spec").equals(old.path("spec"))) {
                Json.metadata(updated)
                        .put(
                                "generation",
                                old.path("metadata").path("generation").asLong() + 1);
            }
            return dryRun ? updated : write(type, updated);
        });
    }

    /** Stores a change the server itself makes, and removes the object when nothing keeps it any more. */
    ObjectNode write(ResourceType type, ObjectNode updated) {
        if (Deletions.finished(updated)) {
            store.put(type, updated);
            return store.remove(type, ObjectKey.of(updated)).orElse(updated);
        }
        return store.put(type, updated);
    }

    private static void ownedByServer(ObjectNode old, ObjectNode updated) {
        ObjectNode metadata = Json.metadata(updated);
        SERVER_OWNED.forEach(member -> {
            JsonNode before = old.path("metadata").get(member);
            if (before == null) {
                metadata.remove(member);
            } else {
                metadata.set(member, before);
            }
        });
        metadata.set("resourceVersion", old.path("metadata").get("resourceVersion"));
        distinctOwners(metadata);
        dropEmpty(metadata, "labels", "annotations", "finalizers", "ownerReferences");
    }

    /** The same owner twice is the owner once. */
    private static void distinctOwners(ObjectNode metadata) {
        if (metadata.get("ownerReferences") instanceof ArrayNode owners) {
            List<JsonNode> distinct = Json.list(owners).stream().distinct().toList();
            owners.removeAll().addAll(distinct);
        }
    }

    private static void dropEmpty(ObjectNode metadata, String... members) {
        for (String member : members) {
            if (metadata.has(member) && metadata.get(member).isEmpty()) {
                metadata.remove(member);
            }
        }
    }

    private String suffix() {
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            suffix.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
        }
        return suffix.toString();
    }

    /** Which part of an object a request may change. */
    enum Part {
        /** Everything but the status, where there is a status sub-resource. */
        MAIN {
            @Override
            ObjectNode of(ResourceType type, ObjectNode old, ObjectNode wanted) {
                return type.hasStatus() ? withStatus(wanted, old) : wanted.deepCopy();
            }
        },
        /** The status alone. */
        STATUS {
            @Override
            ObjectNode of(ResourceType type, ObjectNode old, ObjectNode wanted) {
                return withStatus(old, wanted);
            }
        };

        abstract ObjectNode of(ResourceType type, ObjectNode old, ObjectNode wanted);

        private static ObjectNode withStatus(ObjectNode object, ObjectNode statusFrom) {
            ObjectNode result = object.deepCopy();
            if (statusFrom.has("status")) {
                result.set("status", statusFrom.get("status").deepCopy());
            } else {
                result.remove("status");
            }
            return result;
        }
    }
}
