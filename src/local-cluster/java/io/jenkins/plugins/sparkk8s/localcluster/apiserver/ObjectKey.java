package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;

/**
 * Where an object of one resource is stored.
 *
 * @param namespace empty for a cluster-scoped object
 * @param name the object's name
 */
record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

    private static final Comparator<ObjectKey> ORDER =
            Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

    static ObjectKey of(ObjectNode object) {
        return new ObjectKey(Json.text(object, "metadata", "namespace"), Json.text(object, "metadata", "name"));
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }
}
