package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who owns which field of an object, as metadata.managedFields says; see
 * <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side Apply</a>. Owners are recorded
 * from the first apply on: fields of an object that was only created and patched have none.
 */
final class FieldOwnership {

    private final ResourceType type;
    private final String now;
    private final List<Owner> owners = new ArrayList<>();

    /** @param live the object as it is; empty before its creation */
    FieldOwnership(ResourceType type, ObjectNode live, String now) {
        this.type = type;
        this.now = now;
        for (JsonNode entry : Json.list(live, "metadata", "managedFields")) {
            owners.add(new Owner(
                    Json.text(entry, "manager"),
                    Json.text(entry, "operation"),
                    FieldPaths.ofTree(entry.path("fieldsV1")),
                    Json.text(entry, "time")));
        }
    }

    /** One entry of managedFields. */
    private record Owner(String manager, String operation, Set<List<String>> fields, String time) {
        boolean is(String name, String what) {
            return manager.equals(name) && operation.equals(what);
        }
    }

    /**
     * Takes over the applied fields: those of others only with {@code force}; those that the manager applied before and
     * no longer does are removed, unless another one owns them.
     *
     * @param live the object as it is
     * @return the live object without what is no longer applied
     * @throws ApiException 409 with every field that another manager owns and sets differently
     */
    ObjectNode apply(ObjectNode live, ObjectNode applied, String manager, boolean force) {
        Set<List<String>> fields = new FieldPaths(type).of(applied);
        List<Conflict> conflicts = conflicts(live, applied, manager, fields);
        if (!conflicts.isEmpty() && !force) {
            throw refused(conflicts);
        }
        conflicts.forEach(c -> c.owner().fields().remove(c.path()));
        ObjectNode result = live.deepCopy();
        for (Owner owner : List.copyOf(owners)) {
            if (owner.is(manager, "Apply")) {
                owners.remove(owner);
                owner.fields().stream()
                        .filter(path -> !fields.contains(path)
                                && owners.stream().noneMatch(o -> o.fields().contains(path)))
                        .forEach(path -> FieldPaths.remove(result, path));
                owners.add(new Owner(manager, "Apply", fields, owner.fields().equals(fields) ? owner.time() : now));
            }
        }
        if (owners.stream().noneMatch(o -> o.is(manager, "Apply"))) {
            owners.add(new Owner(manager, "Apply", fields, now));
        }
        return result;
    }

    /** A field that another manager owns and has set to another value. */
    private record Conflict(Owner owner, List<String> path) {}

    private List<Conflict> conflicts(ObjectNode live, ObjectNode applied, String manager, Set<List<String>> fields) {
        List<Conflict> conflicts = new ArrayList<>();
        for (Owner owner : owners) {
            if (!owner.is(manager, "Apply")) {
                fields.stream()
                        .filter(path -> owner.fields().contains(path)
                                && !FieldPaths.value(live, path).equals(FieldPaths.value(applied, path)))
                        .forEach(path -> conflicts.add(new Conflict(owner, path)));
            }
        }
        return conflicts;
    }

    private static ApiException refused(List<Conflict> conflicts) {
        List<String> lines = conflicts.stream()
                .map(c -> "conflict with \"" + c.owner().manager() + "\": " + FieldPaths.text(c.path()))
                .toList();
        ApiException refused = new ApiException(
                409,
                "Conflict",
                "Apply failed with " + lines.size() + (lines.size() == 1 ? " conflict: " : " conflicts: ")
                        + String.join(", ", lines));
        conflicts.forEach(c -> refused.cause(
                "FieldManagerConflict", "conflict with \"" + c.owner().manager() + "\"", FieldPaths.text(c.path())));
        return refused;
    }

    /** After a change by other means: what it changed belongs to who changed it. */
    void update(ObjectNode old, ObjectNode updated, String manager) {
        Set<List<String>> changed = new LinkedHashSet<>();
        for (Owner owner : owners) {
            owner.fields().removeIf(path -> {
                JsonNode value = FieldPaths.value(updated, path);
                boolean different = !value.equals(FieldPaths.value(old, path));
                if (different && !value.isMissingNode()) {
                    changed.add(path);
                }
                return different;
            });
        }
        if (changed.isEmpty()) {
            return;
        }
        owners.stream().filter(o -> o.is(manager, "Update")).findFirst().ifPresent(o -> {
            changed.addAll(o.fields());
            owners.remove(o);
        });
        owners.add(new Owner(manager, "Update", changed, now));
    }

    /** Writes the owners down in an object. */
    void writeTo(ObjectNode object) {
        ObjectNode metadata = Json.metadata(object);
        metadata.remove("managedFields");
        if (owners.isEmpty()) {
            return;
        }
        ArrayNode entries = metadata.putArray("managedFields");
        for (Owner owner : owners) {
            if (!owner.fields().isEmpty()) {
                entries.addObject()
                        .put("manager", owner.manager())
                        .put("operation", owner.operation())
                        .put("apiVersion", type.apiVersion())
                        .put("time", owner.time())
                        .put("fieldsType", "FieldsV1")
                        .set("fieldsV1", FieldPaths.toTree(owner.fields()));
            }
        }
    }
}
