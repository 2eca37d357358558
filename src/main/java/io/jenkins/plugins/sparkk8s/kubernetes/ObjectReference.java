package io.jenkins.plugins.sparkk8s.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;
import java.util.Map;

/**
 * Names an object of the cluster.
 *
 * @param name null for all of a kind
 */
public record ObjectReference(String kind, String namespace, String name) {
    /** Of the kinds that are not of the core group. */
    private static final Map<String, String> API_VERSIONS =
            Map.of("NetworkPolicy", "networking.k8s.io/v1", "PodGroup", "scheduling.volcano.sh/v1beta1");

    public static ObjectReference to(HasMetadata object) {
        return new ObjectReference(
                object.getKind(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName());
    }

    /** The kind's name in a Role, such as {@code pods}. */
    public String resource() {
        String singular = kind.toLowerCase(Locale.ROOT);
        if (singular.endsWith("policy")) {
            return singular.substring(0, singular.length() - 1) + "ies";
        }
        return singular + (singular.endsWith("s") ? "es" : "s");
    }

    /** Group and version of the API that has the kind, as in an object; of the kinds that an application consists of. */
    public String apiVersion() {
        return API_VERSIONS.getOrDefault(String.valueOf(kind), "v1");
    }

    /** The API group, as in a Role; empty for the core group. */
    public String group() {
        int slash = apiVersion().indexOf('/');
        return slash < 0 ? "" : apiVersion().substring(0, slash);
    }

    /** The kind's name as kubectl takes it without doubt, such as {@code podgroups.scheduling.volcano.sh}. */
    public String qualifiedResource() {
        return group().isEmpty() ? resource() : resource() + "." + group();
    }

    @Override
    public String toString() {
        return name == null ? resource() : kind + " " + name;
    }
}
