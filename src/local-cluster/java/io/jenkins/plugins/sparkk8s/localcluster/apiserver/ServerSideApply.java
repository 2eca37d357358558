package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Server-side apply: creates what is absent and merges into what is there, unless another field manager owns a field
 * that is to change.
 */
final class ServerSideApply {

    private final ApiServerParts parts;

    ServerSideApply(ApiServerParts parts) {
        this.parts = parts;
    }

    Answer answer(ResourceType type, ResourcePath path, ApiRequest request, Registry.Part part) {
        request.checkWriteOptions();
        if (request.query("fieldManager").isEmpty()) {
            throw ApiException.invalid(
                    "meta.k8s.io",
                    "PatchOptions",
                    "",
                    List.of(FieldError.required("fieldManager", "is required for apply patch")));
        }
        // JSON is YAML too, so one parser reads both.
        if (!(Json.parse(request.body(), true) instanceof ObjectNode applied)) {
            throw ApiException.badRequest("the apply configuration must be an object");
        }
        checkType(type, applied);
        if (!applied.path("metadata").path("managedFields").isEmpty()) {
            throw ApiException.badRequest("metadata.managedFields must be nil");
        }
        Decoding.check(type, applied, request.query("fieldValidation"));
        return parts.store().inTransaction(() -> apply(type, path, request, applied, part));
    }

    private Answer apply(
            ResourceType type, ResourcePath path, ApiRequest request, ObjectNode applied, Registry.Part part) {
        ObjectKey key = new ObjectKey(path.namespace(), path.name());
        if (parts.store().get(type, key).isPresent() || part == Registry.Part.STATUS) {
            ObjectNode changed = parts.registry()
                    .update(
                            type,
                            path.namespace(),
                            path.name(),
                            old -> merged(type, old, applied, request),
                            part,
                            request.dryRun());
            return ResourceRequests.shown(200, type, changed, request);
        }
        String uid = Json.text(applied, "metadata", "uid");
        if (!uid.isEmpty()) {
            throw ApiException.conflict(
                    type,
                    path.name(),
                    "uid mismatch: the provided object specified uid " + uid + ", and no existing object was found");
        }
        Json.putDefault(Json.metadata(applied), "name", path.name());
        if (!Json.text(applied, "metadata", "name").equals(path.name())) {
            throw ApiException.badRequest("the name of the object (" + Json.text(applied, "metadata", "name")
                    + ") does not match the name on the URL (" + path.name() + ")");
        }
        FieldOwnership ownership = new FieldOwnership(type, Json.object(), now());
        ownership.apply(Json.object(), applied, request.query("fieldManager"), true);
        ownership.writeTo(applied);
        ObjectNode created = parts.registry().create(type, path.namespace(), applied, request.dryRun());
        return ResourceRequests.shown(201, type, created, request);
    }

    private ObjectNode merged(ResourceType type, ObjectNode old, ObjectNode applied, ApiRequest request) {
        FieldOwnership ownership = new FieldOwnership(type, old, now());
        ObjectNode base = ownership.apply(old, applied, request.query("fieldManager"), request.flag("force"));
        ObjectNode merged = Patches.APPLY.apply(type, base, applied);
        ownership.writeTo(merged);
        return merged;
    }

    private String now() {
        return Json.time(parts.clock().instant());
    }

    private static void checkType(ResourceType type, ObjectNode applied) {
        if (!Json.text(applied, "apiVersion").equals(type.apiVersion())
                || !Json.text(applied, "kind").equals(type.kind())) {
            throw ApiException.badRequest(
                    "the apply configuration must be a " + type.kind() + " of " + type.apiVersion());
        }
    }
}
