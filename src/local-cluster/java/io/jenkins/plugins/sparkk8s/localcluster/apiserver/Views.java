package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Shows stored events under the names of the group they are asked for. */
final class Views {

    /** events.k8s.io's names of the members, by the core group's. */
    private static final Map<String, String> EVENT_MEMBERS = Map.of(
            "involvedObject", "regarding",
            "message", "note",
            "firstTimestamp", "deprecatedFirstTimestamp",
            "lastTimestamp", "deprecatedLastTimestamp",
            "count", "deprecatedCount",
            "source", "deprecatedSource",
            "reportingComponent", "reportingController");

    private Views() {}

    static ObjectNode of(ResourceType type, ObjectNode stored) {
        if (!type.is("events") || stored.path("apiVersion").asText().equals(type.apiVersion())) {
            return stored;
        }
        return renamed(stored, type.apiVersion(), false);
    }

    /** The stored form of what a client sent. */
    static ObjectNode toStored(ResourceType type, ObjectNode sent) {
        return type.is("events") && !type.group().isEmpty() ? renamed(sent, "v1", true) : sent;
    }

    private static ObjectNode renamed(ObjectNode event, String apiVersion, boolean toCore) {
        ObjectNode copy = event.deepCopy();
        EVENT_MEMBERS.forEach((core, other) -> {
            String from = toCore ? other : core;
            if (copy.has(from)) {
                copy.set(toCore ? core : other, copy.remove(from));
            }
        });
        copy.put("apiVersion", apiVersion);
        return copy;
    }
}
