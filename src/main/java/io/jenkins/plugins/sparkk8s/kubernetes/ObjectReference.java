package io.jenkins.plugins.sparkk8s.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;

/**
 * Names an object of the cluster.
 *
 * @param name null for all of a kind
 */
public record ObjectReference(String kind, String namespace, String name) {

    public static ObjectReference to(HasMetadata object) {
        return new ObjectReference(
                object.getKind(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName());
    }

    /** The kind's name in a Role, such as {@code pods}. */
    public String resource() {
        String singular = kind.toLowerCase(Locale.ROOT);
        return singular + (singular.endsWith("s") ? "es" : "s");
    }

    @Override
    public String toString() {
        return name == null ? resource() : kind + " " + name;
    }
}
