package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a path below /api or /apis points to.
 *
 * @param group the API group, empty for the core group
 * @param version the version
 * @param namespace empty when the path has none
 * @param resource the plural name
 * @param name empty for a collection
 * @param subresource empty for the object itself
 * @param below what follows the sub-resource {@code proxy}, from its slash on; empty for every other path
 */
record ResourcePath(
        String group,
        String version,
        String namespace,
        String resource,
        String name,
        String subresource,
        String below) {

    /** The target of a path, empty when it points to no resource. */
    static Optional<ResourcePath> parse(String path) {
        List<String> rest = new ArrayList<>(List.of(path.substring(1).split("/", -1)));
        String group = "";
        if (rest.get(0).equals("apis") && rest.size() > 3) {
            group = rest.get(1);
            rest = rest.subList(2, rest.size());
        } else if (rest.get(0).equals("api") && rest.size() > 2) {
            rest = rest.subList(1, rest.size());
        } else {
            return Optional.empty();
        }
        String version = rest.get(0);
        rest = rest.subList(1, rest.size());
        String namespace = "";
        if (rest.get(0).equals("namespaces")
                && rest.size() > 2
                && !List.of("status", "finalize").contains(rest.get(2))) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        String below = "";
        if (rest.size() > 3 && rest.get(2).equals("proxy")) {
            below = "/" + String.join("/", rest.subList(3, rest.size()));
            rest = rest.subList(0, 3);
        }
        if (rest.size() > 3 || rest.stream().anyMatch(String::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of(new ResourcePath(
                group,
                version,
                namespace,
                rest.get(0),
                rest.size() > 1 ? rest.get(1) : "",
                rest.size() > 2 ? rest.get(2) : "",
                below));
    }

    /** The resource as access rules name it: {@code pods} or {@code pods/log}. */
    String ruleName() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }

    /** The verb of access rules for a request. */
    String verb(ApiRequest request) {
        return switch (request.method()) {
            case "GET", "HEAD" -> request.flag("watch") ? "watch" : name.isEmpty() ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
            default -> request.method().toLowerCase(java.util.Locale.ROOT);
        };
    }
}
