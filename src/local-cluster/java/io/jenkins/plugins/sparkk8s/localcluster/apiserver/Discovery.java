package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What clients ask to learn what the server serves. */
final class Discovery {

    private final ResourceCatalog catalog;
    private final KubernetesVersion version;

    Discovery(ResourceCatalog catalog, KubernetesVersion version) {
        this.catalog = catalog;
        this.version = version;
    }

    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    /** The documents that need no authorization. */
    Optional<Answer> open(String path) {
        return switch (path) {
            case "/version", "/version/" -> Optional.of(Answer.Body.json(200, version()));
            case "/healthz", "/readyz", "/livez" -> Optional.of(Answer.Body.text(200, "ok"));
            default -> Optional.empty();
        };
    }

    Optional<Answer> document(String path) {
        String[] segments = path.replaceAll("/+$", "")
                .substring(path.startsWith("/") ? 1 : 0)
                .split("/");
        if (path.equals("/")) {
            ObjectNode paths = Json.object();
            paths.putArray("paths")
                    .add("/api")
                    .add("/api/v1")
                    .add("/apis")
                    .add("/healthz")
                    .add("/version");
            return json(paths);
        }
        return switch (segments[0]) {
            case "api" ->
                switch (segments.length) {
                    case 1 -> json(coreVersions());
                    case 2 -> resources("", segments[1]);
                    default -> Optional.empty();
                };
            case "apis" ->
                switch (segments.length) {
                    case 1 -> json(groups());
                    case 2 -> catalog.groups().contains(segments[1]) ? json(group(segments[1])) : Optional.empty();
                    case 3 -> resources(segments[1], segments[2]);
                    default -> Optional.empty();
                };
            case "openapi" -> OpenApi.document(catalog, version, path);
            default -> Optional.empty();
        };
    }

    private static Optional<Answer> json(ObjectNode document) {
        return Optional.of(Answer.Body.json(200, document));
    }

    private ObjectNode version() {
        ObjectNode document = Json.object();
        document.put("major", "1")
                .put("minor", Integer.toString(version.minor()))
                .put("gitVersion", version.git());
        document.put("gitCommit", "0000000000000000000000000000000000000000").put("gitTreeState", "clean");
        document.put("buildDate", "2025-04-23T13:24:00Z")
                .put("goVersion", "go1.24.2")
                .put("compiler", "gc");
        return document.put("platform", "linux/amd64");
    }

    private static ObjectNode coreVersions() {
        ObjectNode versions = Json.object();
        versions.put("kind", "APIVersions").putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    private ObjectNode groups() {
        ObjectNode list = Json.object();
        list.put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        catalog.groups().forEach(g -> groups.add(group(g)));
        return list;
    }

    private ObjectNode group(String name) {
        ObjectNode group = Json.object();
        group.put("kind", "APIGroup").put("apiVersion", "v1").put("name", name);
        ArrayNode versions = group.putArray("versions");
        catalog.versions(name).forEach(v -> version(versions.addObject(), name, v));
        version(
                group.putObject("preferredVersion"),
                name,
                catalog.versions(name).get(0));
        return group;
    }

    private static void version(ObjectNode node, String group, String version) {
        node.put("groupVersion", group + "/" + version).put("version", version);
    }

    private Optional<Answer> resources(String group, String version) {
        if (!catalog.versions(group).contains(version)) {
            return Optional.empty();
        }
        ObjectNode list = Json.object();
        list.put("kind", "APIResourceList").put("apiVersion", "v1");
        list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode resources = list.putArray("resources");
        catalog.all().stream()
                .filter(t -> t.group().equals(group) && t.version().equals(version))
                .forEach(t -> add(resources, t));
        switch (group) {
            case "" -> core(resources);
            case "authorization.k8s.io" -> {
                review(resources, "selfsubjectaccessreviews", "SelfSubjectAccessReview");
                review(resources, "selfsubjectrulesreviews", "SelfSubjectRulesReview");
                review(resources, "subjectaccessreviews", "SubjectAccessReview");
                sub(resources, "localsubjectaccessreviews", "LocalSubjectAccessReview", true, "create");
            }
            case "authentication.k8s.io" -> {
                if (this.version.selfSubjectReviews()) {
                    review(resources, "selfsubjectreviews", "SelfSubjectReview");
                }
            }
            default -> {
                // Every other group has only what the table says.
            }
        }
        return json(list);
    }

    private static void core(ArrayNode resources) {
        sub(resources, "bindings", "Binding", true, "create");
        sub(resources, "pods/binding", "Binding", true, "create");
        sub(resources, "pods/eviction", "Eviction", true, "create")
                .put("group", "policy")
                .put("version", "v1");
        sub(resources, "pods/log", "Pod", true, "get");
        sub(resources, "pods/attach", "PodAttachOptions", true, "create", "get");
        sub(resources, "pods/exec", "PodExecOptions", true, "create", "get");
        sub(resources, "pods/portforward", "PodPortForwardOptions", true, "create", "get");
        sub(resources, "pods/proxy", "PodProxyOptions", true, "create", "delete", "get", "patch", "update");
        sub(resources, "serviceaccounts/token", "TokenRequest", true, "create")
                .put("group", "authentication.k8s.io")
                .put("version", "v1");
    }

    private static void review(ArrayNode resources, String plural, String kind) {
        sub(resources, plural, kind, false, "create");
    }

    private static void add(ArrayNode resources, ResourceType type) {
        ObjectNode resource = resources.addObject();
        resource.put("name", type.plural()).put("singularName", type.singular());
        resource.put("namespaced", type.namespaced()).put("kind", type.kind());
        ArrayNode verbs = resource.putArray("verbs");
        VERBS.forEach(verbs::add);
        if (!type.shortNames().isEmpty()) {
            ArrayNode names = resource.putArray("shortNames");
            type.shortNames().forEach(names::add);
        }
        if (List.of("pods", "services", "deployments", "statefulsets", "replicasets")
                .contains(type.plural())) {
            resource.putArray("categories").add("all");
        }
        if (Scales.SCALABLE.contains(type.storage())) {
            sub(resources, type.plural() + "/scale", "Scale", true, "get", "patch", "update")
                    .put("group", "autoscaling")
                    .put("version", "v1");
        }
        if (type.hasStatus()) {
            sub(resources, type.plural() + "/status", type.kind(), type.namespaced(), "get", "patch", "update");
        }
    }

    private static ObjectNode sub(
            ArrayNode resources, String name, String kind, boolean namespaced, String... allowed) {
        ObjectNode resource = resources.addObject();
        resource.put("name", name)
                .put("singularName", "")
                .put("namespaced", namespaced)
                .put("kind", kind);
        ArrayNode verbs = resource.putArray("verbs");
        List.of(allowed).forEach(verbs::add);
        return resource;
    }
}
