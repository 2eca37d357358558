package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * As much of OpenAPI as kubectl needs: which resources take the parameter {@code fieldValidation}, so that it leaves
 * validation to the server, and the schemas that it explains.
 */
final class OpenApi {

    private static final String ROOT = "/openapi/v3";

    private OpenApi() {}

    static Optional<Answer> document(ResourceCatalog catalog, KubernetesVersion version, String path) {
        if (path.equals(ROOT)) {
            return Optional.of(Answer.Body.json(200, index(catalog)));
        }
        String groupVersion = path.startsWith(ROOT + "/") ? path.substring(ROOT.length()) : "";
        boolean known = catalog.all().stream().anyMatch(t -> root(t).equals(groupVersion));
        return known ? Optional.of(Answer.Body.json(200, paths(catalog, version, groupVersion))) : Optional.empty();
    }

    private static ObjectNode index(ResourceCatalog catalog) {
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        catalog.all().forEach(t -> paths.putObject(root(t).substring(1)).put("serverRelativeURL", ROOT + root(t)));
        return index;
    }

    private static ObjectNode paths(ResourceCatalog catalog, KubernetesVersion version, String groupVersion) {
        ObjectNode document = Json.object();
        document.put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", version.git());
        ObjectNode paths = document.putObject("paths");
        OpenApiSchemas schemas =
                new OpenApiSchemas(document.putObject("components").putObject("schemas"));
        catalog.all().stream().filter(t -> root(t).equals(groupVersion)).forEach(t -> {
            String parent = t.namespaced() ? "/namespaces/{namespace}/" : "/";
            ObjectNode patch =
                    paths.putObject(root(t) + parent + t.plural() + "/{name}").putObject("patch");
            for (String name : new String[] {"dryRun", "fieldManager", "fieldValidation", "force"}) {
                patch.withArray("parameters").addObject().put("name", name).put("in", "query");
            }
            patch.putObject("responses");
            patch.putObject("x-kubernetes-group-version-kind")
                    .put("group", t.group())
                    .put("version", t.version())
                    .put("kind", t.kind());
            schemas.add(t);
        });
        return document;
    }

    private static String root(ResourceType type) {
        return (type.group().isEmpty() ? "/api/" : "/apis/") + type.apiVersion();
    }
}
