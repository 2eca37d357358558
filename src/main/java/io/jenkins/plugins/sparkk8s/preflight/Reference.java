package io.jenkins.plugins.sparkk8s.preflight;

import java.util.Optional;

/**
 * One object that must be there for a pod to start.
 *
 * @param kind what it is
 * @param name its name
 * @param dataKey the entry it must have, of a Secret or ConfigMap; empty for any content
 * @param key the configuration key that asks for it, as the user wrote it
 */
record Reference(ObjectKind kind, String name, Optional<String> dataKey, String key) {

    Reference(ObjectKind kind, String name, String key) {
        this(kind, name, Optional.empty(), key);
    }

    /** Whether the two are about the same object. */
    boolean sameObject(Reference other) {
        return kind == other.kind && name.equals(other.name);
    }

    /** Whether everything that the other asks for is asked for by this one, too. */
    boolean covers(Reference other) {
        return sameObject(other) && (other.dataKey.isEmpty() || other.dataKey.equals(dataKey));
    }
}
