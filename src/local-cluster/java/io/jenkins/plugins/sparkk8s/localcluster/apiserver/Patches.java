package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.Locale;

/** The four formats of PATCH. */
enum Patches {
    JSON("application/json-patch+json"),
    MERGE("application/merge-patch+json"),
    STRATEGIC("application/strategic-merge-patch+json"),
    APPLY("application/apply-patch+yaml");

    private final String mediaType;

    Patches(String mediaType) {
        this.mediaType = mediaType;
    }

    /**
     * The format of a request's content type.
     *
     * @throws ApiException 415 when it is none of them
     */
    static Patches of(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        for (Patches patch : values()) {
            if (patch.mediaType.equals(type)) {
                return patch;
            }
        }
        throw unsupported();
    }

    private static ApiException unsupported() {
        return new ApiException(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include:"
                        + " application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml,"
                        + " application/strategic-merge-patch+json");
    }

    /**
     * The object after the patch; the argument is left as it is.
     *
     * @throws ApiException 422 when a JSON patch cannot be applied, 400 when the patch is not of the format's shape
     */
    ObjectNode apply(ResourceType type, ObjectNode object, JsonNode patch) {
        if (this != JSON && !patch.isObject()) {
            throw ApiException.badRequest("the patch must be a JSON object");
        }
        return switch (this) {
            case JSON -> jsonPatch(object, patch);
            case MERGE -> (ObjectNode) merge(object.deepCopy(), patch);
            case STRATEGIC -> {
                if (ResourceCatalog.isCustom(type)) {
                    throw unsupported();
                }
                yield new StrategicMerge(type, true).merge(object, (ObjectNode) patch);
            }
            case APPLY -> new StrategicMerge(type, false).merge(object, (ObjectNode) patch);
        };
    }

    private static ObjectNode jsonPatch(ObjectNode object, JsonNode patch) {
        if (!patch.isArray()) {
            throw ApiException.badRequest("a JSON patch must be an array of operations");
        }
        try {
            JsonNode patched = object;
            for (JsonNode operation : patch) {
                requireTarget(operation, patched);
                patched = JsonPatch.apply(Json.array().add(operation), patched);
            }
            return (ObjectNode) patched;
        } catch (RuntimeException e) {
            ApiException refused =
                    new ApiException(422, "Invalid", "the server rejected our request due to an error in our request");
            refused.initCause(e);
            throw refused;
        }
    }

    /** What is removed, replaced, moved or copied must be there; the library would let most of it pass. */
    private static void requireTarget(JsonNode operation, JsonNode object) {
        String member =
                switch (Json.text(operation, "op")) {
                    case "remove", "replace" -> "path";
                    case "move", "copy" -> "from";
                    default -> "";
                };
        if (!member.isEmpty() && object.at(Json.text(operation, member)).isMissingNode()) {
            throw new IllegalArgumentException("nothing is at " + Json.text(operation, member));
        }
    }

    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch.deepCopy();
        }
        ObjectNode result = target instanceof ObjectNode o ? o : Json.object();
        changes.properties().forEach(e -> {
            if (e.getValue().isNull()) {
                result.remove(e.getKey());
            } else {
                result.set(e.getKey(), merge(result.get(e.getKey()), e.getValue()));
            }
        });
        return result;
    }
}
