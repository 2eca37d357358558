package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one server serves: the resources of every server, and those that its CustomResourceDefinitions define. */
final class ResourceCatalog {

    private final Store store;

    ResourceCatalog(Store store) {
        this.store = store;
    }

    /** Whether a resource comes from a CustomResourceDefinition: then nothing but its metadata is checked. */
    static boolean isCustom(ResourceType type) {
        return !ResourceTypes.all().contains(type);
    }

    List<ResourceType> all() {
        List<ResourceType> all = new ArrayList<>(ResourceTypes.all());
        store.list(ResourceTypes.CUSTOM, "").forEach(d -> all.addAll(defined(d)));
        return all;
    }

    /** The resources that a CustomResourceDefinition defines: one for each version that is served. */
    static List<ResourceType> defined(ObjectNode definition) {
        JsonNode spec = definition.path("spec");
        return Json.list(spec, "versions").stream()
                .filter(v -> v.path("served").asBoolean())
                .map(v -> custom(spec, v))
                .toList();
    }

    private static ResourceType custom(JsonNode spec, JsonNode version) {
        JsonNode names = spec.path("names");
        return new ResourceType(
                Json.text(spec, "group"),
                Json.text(version, "name"),
                Json.text(names, "plural"),
                Json.text(names, "kind"),
                Json.text(spec, "scope").equals("Namespaced"),
                version.path("subresources").has("status"),
                Json.list(names, "shortNames").stream().map(JsonNode::asText).toList());
    }

    Optional<ResourceType> find(String group, String version, String plural) {
        return all().stream()
                .filter(t -> t.group().equals(group)
                        && t.version().equals(version)
                        && t.plural().equals(plural))
                .findFirst();
    }

    Optional<ResourceType> byKind(String apiVersion, String kind) {
        return all().stream()
                .filter(t -> t.apiVersion().equals(apiVersion) && t.kind().equals(kind))
                .findFirst();
    }

    /** The versions of a group in the order in which they are preferred; empty when the group is not served. */
    List<String> versions(String group) {
        if (ResourceTypes.REVIEW_GROUPS.contains(group)) {
            return List.of("v1");
        }
        return all().stream()
                .filter(t -> t.group().equals(group))
                .map(ResourceType::version)
                .distinct()
                .toList();
    }

    /** All groups but the core group. */
    Set<String> groups() {
        Set<String> groups = new LinkedHashSet<>();
        all().stream().map(ResourceType::group).filter(g -> !g.isEmpty()).forEach(groups::add);
        groups.addAll(ResourceTypes.REVIEW_GROUPS);
        return groups;
    }
}
