package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.util.List;

/**
 * A resource the server knows: how it is named in paths and bodies.
 *
 * @param group the API group, empty for the core group
 * @param version the version within the group
 * @param plural the name used in paths
 * @param kind the name used in bodies
 * @param namespaced whether its objects live in a namespace
 * @param hasStatus whether it has a status sub-resource
 * @param shortNames what kubectl accepts for it
 */
record ResourceType(
        String group,
        String version,
        String plural,
        String kind,
        boolean namespaced,
        boolean hasStatus,
        List<String> shortNames) {

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    String singular() {
        return kind.toLowerCase(java.util.Locale.ROOT);
    }

    /** The name that error messages use: {@code pods}, {@code statefulsets.apps}. */
    String qualifiedName() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** The kind that error messages use: {@code Pod}, {@code StatefulSet.apps}. */
    String qualifiedKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    /** Under which name the objects are stored: both groups of events show the same objects. */
    String storage() {
        return "events".equals(plural) ? "events" : qualifiedName();
    }

    boolean is(String corePlural) {
        return plural.equals(corePlural);
    }
}
