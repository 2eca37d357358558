package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The list of what must happen before an object is gone. */
final class Finalizers {

    private Finalizers() {}

    static boolean has(JsonNode object, String finalizer) {
        return Json.list(object, "metadata", "finalizers").stream()
                .anyMatch(f -> f.asText().equals(finalizer));
    }

    /** Adds a finalizer unless it is there. */
    static void add(ObjectNode object, String finalizer) {
        ObjectNode metadata = Json.metadata(object);
        if (!has(object, finalizer)) {
            ArrayNode finalizers =
                    metadata.get("finalizers") instanceof ArrayNode a ? a : metadata.putArray("finalizers");
            finalizers.add(finalizer);
        }
    }

    /** A copy of the object without a finalizer. */
    static ObjectNode without(ObjectNode object, String finalizer) {
        ObjectNode updated = object.deepCopy();
        ObjectNode metadata = Json.metadata(updated);
        List<JsonNode> rest = Json.list(metadata, "finalizers").stream()
                .filter(f -> !f.asText().equals(finalizer))
                .toList();
        if (rest.isEmpty()) {
            metadata.remove("finalizers");
        } else {
            metadata.putArray("finalizers").addAll(rest);
        }
        return updated;
    }
}
