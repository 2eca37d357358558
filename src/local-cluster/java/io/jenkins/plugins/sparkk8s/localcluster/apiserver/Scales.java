package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sub-resource {@code scale} of Deployments, ReplicaSets and StatefulSets: their number of replicas as an object of
 * its own.
 */
final class Scales {

    /** The resources that have it, by storage. */
    static final Set<String> SCALABLE = Set.of("deployments.apps", "replicasets.apps", "statefulsets.apps");

    private static final ResourceType SCALE =
            new ResourceType("autoscaling", "v1", "scales", "Scale", true, false, List.of());

    private final ApiServerParts parts;

    Scales(ApiServerParts parts) {
        this.parts = parts;
    }

    /**
     * Reads or changes the scale.
     *
     * @throws ApiException 400, 404, 405, 409 or 422
     */
    Answer answer(ResourceType type, ResourcePath path, ApiRequest request) {
        return switch (request.method()) {
            case "GET" -> Answer.Body.json(200, scale(parts.registry().get(type, path.namespace(), path.name())));
            case "PUT", "PATCH" -> Answer.Body.json(200, change(type, path, request));
            default -> throw ApiException.methodNotAllowed();
        };
    }

    private ObjectNode change(ResourceType type, ResourcePath path, ApiRequest request) {
        boolean put = request.method().equals("PUT");
        Patches format = put ? null : Patches.of(request.contentType());
        JsonNode body = put ? request.object() : Json.parse(request.body(), request.yaml());
        ObjectNode changed = parts.registry()
                .update(
                        type,
                        path.namespace(),
                        path.name(),
                        old -> {
                            ObjectNode present = scale(old);
                            return withScale(
                                    old,
                                    path,
                                    put ? (ObjectNode) body : mergeable(format).apply(SCALE, present, body));
                        },
                        Registry.Part.MAIN,
                        request.dryRun());
        return scale(changed);
    }

    /** A scale has no lists, so that a strategic merge patch is a merge patch. */
    private static Patches mergeable(Patches format) {
        return format == Patches.STRATEGIC ? Patches.MERGE : format;
    }

    private static ObjectNode withScale(ObjectNode object, ResourcePath path, ObjectNode scale) {
        String kind = Json.text(scale, "kind");
        if (!kind.isEmpty() && !kind.equals(SCALE.kind())) {
            throw ApiException.badRequest(kind + " in version \"v1\" cannot be handled as a Scale");
        }
        JsonNode replicas = scale.path("spec").path("replicas");
        if (replicas.asLong() < 0) {
            throw ApiException.invalid(
                    SCALE,
                    path.name(),
                    List.of(FieldError.invalid(
                            "spec.replicas", replicas.asLong(), "must be greater than or equal to 0")));
        }
        ObjectNode metadata = Json.metadata(object);
        for (String member : List.of("name", "uid", "resourceVersion")) {
            String wanted = Json.text(scale, "metadata", member);
            if (!wanted.isEmpty()) {
                metadata.put(member, wanted);
            }
        }
        Json.child(object, "spec").put("replicas", replicas.asLong());
        return object;
    }

    private static ObjectNode scale(ObjectNode object) {
        ObjectNode scale = Json.object();
        scale.put("kind", "Scale").put("apiVersion", SCALE.apiVersion());
        ObjectNode metadata = Json.metadata(scale);
        for (String member : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            metadata.put(member, Json.text(object, "metadata", member));
        }
        scale.putObject("spec")
                .put("replicas", object.path("spec").path("replicas").asLong());
        scale.putObject("status")
                .put("replicas", object.path("status").path("replicas").asLong())
                .put("selector", selector(object.path("spec").path("selector")));
        return scale;
    }

    /** A label selector as the text of a query. */
    private static String selector(JsonNode selector) {
        Map<String, String> labels = Json.strings(selector, "matchLabels");
        return labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(","));
    }
}
