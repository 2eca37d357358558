package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** In which form a client wants objects, by its Accept header. */
enum Representation {
    /** As they are. */
    FULL,
    /** As the table that kubectl prints. */
    TABLE,
    /** Their metadata alone. */
    METADATA;

    private static final List<String> SERVED = List.of(
            "*/*", "application/*", "application/json", "application/yaml", "application/vnd.kubernetes.protobuf");

    /**
     * The form that a request asks for.
     *
     * @throws ApiException 406 when it accepts nothing that the server has
     */
    static Representation of(ApiRequest request) {
        String accept = request.accept();
        if (!accept.isEmpty() && SERVED.stream().noneMatch(accept::contains)) {
            throw new ApiException(
                    406,
                    "NotAcceptable",
                    "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml,"
                            + " application/vnd.kubernetes.protobuf");
        }
        String first = accept.split(",", 2)[0];
        if (first.contains("as=Table")) {
            return TABLE;
        }
        return first.contains("as=PartialObjectMetadata") ? METADATA : FULL;
    }

    /** One object in this form. */
    ObjectNode object(ResourceType type, ObjectNode stored) {
        ObjectNode view = Views.of(type, stored);
        return switch (this) {
            case FULL -> view;
            case TABLE -> Tables.of(type, List.of(view), view);
            case METADATA -> metadata(view);
        };
    }

    /** The metadata of an object as an object. */
    static ObjectNode metadata(ObjectNode object) {
        ObjectNode partial = Json.object();
        partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
        return partial;
    }

    /** A list of objects in this form. */
    ObjectNode list(ResourceType type, List<ObjectNode> objects, long version) {
        if (this == TABLE) {
            return Tables.of(type, objects.stream().map(o -> Views.of(type, o)).toList(), version);
        }
        ObjectNode list = Json.object();
        boolean full = this == FULL;
        list.put("kind", full ? type.kind() + "List" : "PartialObjectMetadataList");
        list.put("apiVersion", full ? type.apiVersion() : "meta.k8s.io/v1");
        Json.metadata(list).put("resourceVersion", Long.toString(version));
        ArrayNode items = list.putArray("items");
        for (ObjectNode object : objects) {
            // The items of a list carry no kind, as in a real server; it follows from the list's kind.
            ObjectNode item = full ? Views.of(type, object).deepCopy() : metadata(object);
            if (full) {
                item.remove("kind");
                item.remove("apiVersion");
            }
            items.add(item);
        }
        return list;
    }
}
