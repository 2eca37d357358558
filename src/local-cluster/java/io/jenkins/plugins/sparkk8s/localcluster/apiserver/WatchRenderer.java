package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Gives the events of one watch the form its client asked for: plain objects or tables. */
final class WatchRenderer {

    private final ResourceType type;
    private final boolean table;
    private boolean columnsSent;

    WatchRenderer(ResourceType type, boolean table) {
        this.type = type;
        this.table = table;
    }

    synchronized ObjectNode event(String what, ObjectNode object) {
        ObjectNode event = Json.object().put("type", what);
        ObjectNode shown = Views.of(type, object);
        if (table) {
            event.set("object", Tables.watchRow(type, shown, !columnsSent));
            columnsSent = true;
        } else {
            event.set("object", shown);
        }
        return event;
    }

    ObjectNode bookmark(long version) {
        ObjectNode object = Json.object();
        object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        Json.metadata(object).put("resourceVersion", Long.toString(version)).putNull("creationTimestamp");
        if (table) {
            return event("BOOKMARK", object);
        }
        ObjectNode event = Json.object().put("type", "BOOKMARK");
        event.set("object", object);
        return event;
    }
}
