package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What holds for the metadata of every object. */
final class MetadataValidation {

    /** The most bytes that all annotations of an object may have together. */
    static final int ANNOTATIONS_MAX = 262_144;

    private MetadataValidation() {}

    static List<FieldError> check(ResourceType type, JsonNode object, KubernetesVersion version) {
        List<FieldError> errors = new ArrayList<>();
        JsonNode metadata = object.path("metadata");
        name(type, metadata, version, errors);
        Json.strings(metadata, "labels").forEach((key, value) -> {
            Names.qualifiedName(key).forEach(e -> errors.add(FieldError.invalid("metadata.labels", key, e)));
            Names.labelValue(value).forEach(e -> errors.add(FieldError.invalid("metadata.labels", value, e)));
        });
        annotations(Json.strings(metadata, "annotations"), errors);
        owners(metadata, errors);
        return errors;
    }

    private static void name(ResourceType type, JsonNode metadata, KubernetesVersion version, List<FieldError> errors) {
        String generateName = Json.text(metadata, "generateName");
        if (!generateName.isEmpty()) {
            // The base may end in a hyphen, since a suffix follows.
            String base = generateName.endsWith("-")
                    ? generateName.substring(0, generateName.length() - 1) + "a"
                    : generateName;
            syntax(type, base, version)
                    .forEach(e -> errors.add(FieldError.invalid("metadata.generateName", generateName, e)));
        }
        String name = Json.text(metadata, "name");
        if (name.isEmpty()) {
            errors.add(FieldError.required("metadata.name", "name or generateName is required"));
        } else {
            syntax(type, name, version).forEach(e -> errors.add(FieldError.invalid("metadata.name", name, e)));
        }
    }

    private static List<String> syntax(ResourceType type, String name, KubernetesVersion version) {
        if (type.group().startsWith("rbac.")) {
            return name.contains("/") || name.contains("%") ? List.of("may not contain '/' or '%'") : List.of();
        }
        return switch (type.plural()) {
            case "services" -> version.relaxedServiceNames() ? Names.dns1123Label(name) : Names.dns1035Label(name);
            case "namespaces" -> Names.dns1123Label(name);
            default -> Names.dns1123Subdomain(name);
        };
    }

    private static void annotations(Map<String, String> annotations, List<FieldError> errors) {
        long total = 0;
        for (Map.Entry<String, String> e : annotations.entrySet()) {
            Names.qualifiedName(e.getKey().toLowerCase(java.util.Locale.ROOT))
                    .forEach(m -> errors.add(FieldError.invalid("metadata.annotations", e.getKey(), m)));
            total += bytes(e.getKey()) + bytes(e.getValue());
        }
        if (total > ANNOTATIONS_MAX) {
            errors.add(FieldError.tooLong("metadata.annotations", ANNOTATIONS_MAX));
        }
    }

    private static void owners(JsonNode metadata, List<FieldError> errors) {
        int controllers = 0;
        for (JsonNode owner : Json.list(metadata, "ownerReferences")) {
            String field = "metadata.ownerReferences";
            for (String member : List.of("apiVersion", "kind", "name", "uid")) {
                if (Json.text(owner, member).isEmpty()) {
                    errors.add(FieldError.invalid(field + "." + member, "", "must not be empty"));
                }
            }
            controllers += owner.path("controller").asBoolean() ? 1 : 0;
        }
        if (controllers > 1) {
            errors.add(FieldError.invalid(
                    "metadata.ownerReferences", "", "Only one reference can have Controller set to true"));
        }
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
