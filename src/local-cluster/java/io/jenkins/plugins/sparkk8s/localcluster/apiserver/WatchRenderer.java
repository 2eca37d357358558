package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Gives the events of one watch the form its client asked for: plain objects or tables. */
final class WatchRenderer {

    private final ResourceType type;
    private final Representation representation;
    private boolean columnsSent;

    WatchRenderer(ResourceType type, Representation representation) {
        this.type = type;
        this.representation = representation;
    }

    synchronized ObjectNode event(String what, ObjectNode object) {
        ObjectNode event = Json.object().put("type", what);
        ObjectNode shown = Views.of(type, object);
        if (representation == Representation.METADATA) {
            event.set("object", Representation.metadata(shown));
        } else if (representation == Representation.TABLE) {
            event.set("object", Tables.watchRow(type, shown, !columnsSent));
            columnsSent = true;
        } else {
            event.set("object", shown);
        }
        return event;
    }

    /** @param initialEnd whether all that existed has been sent */
    ObjectNode bookmark(long version, boolean initialEnd) {
        ObjectNode object = Json.object();
        object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        Json.metadata(object).put("resourceVersion", Long.toString(version)).putNull("creationTimestamp");
        if (initialEnd) {
            Json.child(Json.metadata(object), "annotations").put("k8s.io/initial-events-end", "true");
        }
        if (representation != Representation.FULL) {
            return event("BOOKMARK", object);
        }
        ObjectNode event = Json.object().put("type", "BOOKMARK");
        event.set("object", object);
        return event;
    }
}
