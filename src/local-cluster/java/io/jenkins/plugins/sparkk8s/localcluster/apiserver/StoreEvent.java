package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One change of one object.
 *
 * @param type what happened
 * @param resource the resource of the object
 * @param version the resource version the change made
 * @param object the object after the change; for a deletion its last state with the version of the deletion
 * @param previous the object before the change, null when it was created
 */
record StoreEvent(Type type, ResourceType resource, long version, ObjectNode object, ObjectNode previous) {

    /** The kinds of change, by the names a watch uses. */
    enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }

    ObjectKey key() {
        return ObjectKey.of(object);
    }
}
