package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Decides whether an object, with its defaults filled in, may be stored. */
final class Validation {

    /** The most bytes that the data of a ConfigMap or Secret may have. */
    static final int DATA_MAX = 1024 * 1024;

    private Validation() {}

    /**
     * Checks a new object.
     *
     * @throws ApiException 422 with every cause
     */
    static void create(ResourceType type, ObjectNode object) {
        refuse(type, object, errors(type, object));
    }

    /**
     * Checks a changed object, also against what it was.
     *
     * @throws ApiException 422 with every cause
     */
    static void update(ResourceType type, ObjectNode old, ObjectNode updated) {
        List<FieldError> errors = errors(type, updated);
        switch (type.storage()) {
            case "pods" -> errors.addAll(PodValidation.checkUpdate(old, updated));
            case "configmaps", "secrets" -> immutable(old, updated, errors);
            case "services" -> clusterIp(old, updated, errors);
            case "persistentvolumeclaims" -> claim(old, updated, errors);
            case "deployments.apps", "replicasets.apps", "statefulsets.apps" ->
                errors.addAll(WorkloadValidation.checkUpdate(type, old, updated));
            default -> {
                // No rule about changes that a Spark application can meet.
            }
        }
        refuse(type, updated, errors);
    }

    private static List<FieldError> errors(ResourceType type, ObjectNode object) {
        List<FieldError> errors = MetadataValidation.check(type, object);
        switch (type.storage()) {
            case "pods" -> errors.addAll(PodValidation.check(object));
            case "configmaps", "secrets" -> data(object, errors);
            case "services" -> service(object, errors);
            case "persistentvolumeclaims" -> newClaim(object, errors);
            case "deployments.apps", "replicasets.apps", "statefulsets.apps" ->
                errors.addAll(WorkloadValidation.check(object));
            default -> {
                // The metadata is all that is checked.
            }
        }
        return errors;
    }

    private static void refuse(ResourceType type, ObjectNode object, List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ApiException.invalid(type, Json.text(object, "metadata", "name"), errors);
        }
    }

    private static void data(ObjectNode object, List<FieldError> errors) {
        long total = 0;
        for (String member : List.of("data", "binaryData")) {
            for (var entry : object.path(member).properties()) {
                Names.configKey(entry.getKey())
                        .forEach(e ->
                                errors.add(FieldError.invalid(member + "[" + entry.getKey() + "]", entry.getKey(), e)));
                boolean encoded = member.equals("binaryData") || "Secret".equals(Json.text(object, "kind"));
                int length = MetadataValidation.bytes(entry.getValue().asText());
                total += encoded ? length / 4L * 3 : length;
            }
        }
        if (total > DATA_MAX) {
            errors.add(FieldError.tooLong("Secret".equals(Json.text(object, "kind")) ? "data" : "[]", DATA_MAX));
        }
    }

    private static void immutable(ObjectNode old, ObjectNode updated, List<FieldError> errors) {
        if (!old.path("type").equals(updated.path("type"))) {
            errors.add(FieldError.invalid("type", Json.text(updated, "type"), "field is immutable"));
        }
        if (!old.path("immutable").asBoolean()) {
            return;
        }
        String why = "field is immutable when `immutable` is set";
        if (!updated.path("immutable").asBoolean()) {
            errors.add(FieldError.forbidden("immutable", why));
        }
        for (String member : List.of("data", "binaryData")) {
            if (!old.path(member).equals(updated.path(member))) {
                errors.add(FieldError.forbidden(member, why));
            }
        }
    }

    private static void service(ObjectNode service, List<FieldError> errors) {
        JsonNode spec = service.path("spec");
        List<JsonNode> ports = Json.list(spec, "ports");
        boolean headless = "None".equals(Json.text(spec, "clusterIP"));
        if (ports.isEmpty() && !headless && !"ExternalName".equals(Json.text(spec, "type"))) {
            errors.add(FieldError.required("spec.ports", ""));
        }
        Set<String> names = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            servicePort(ports.get(i), "spec.ports[" + i + "]", ports.size() > 1, names, numbers, errors);
        }
        Json.strings(spec, "selector").forEach((key, value) -> {
            Names.qualifiedName(key).forEach(e -> errors.add(FieldError.invalid("spec.selector", key, e)));
            Names.labelValue(value).forEach(e -> errors.add(FieldError.invalid("spec.selector", value, e)));
        });
    }

    private static void servicePort(
            JsonNode port,
            String field,
            boolean nameNeeded,
            Set<String> names,
            Set<String> numbers,
            List<FieldError> errors) {
        String name = Json.text(port, "name");
        if (name.isEmpty()) {
            if (nameNeeded) {
                errors.add(FieldError.required(field + ".name", ""));
            }
        } else {
            Names.dns1123Label(name).forEach(e -> errors.add(FieldError.invalid(field + ".name", name, e)));
            if (!names.add(name)) {
                errors.add(FieldError.duplicate(field + ".name", name));
            }
        }
        port(port.path("port").asInt(), field + ".port", errors);
        if (!numbers.add(port.path("port").asInt() + "/" + Json.text(port, "protocol"))) {
            errors.add(FieldError.duplicate(field, port.path("port").asInt() + "/" + Json.text(port, "protocol")));
        }
    }

    private static void clusterIp(ObjectNode old, ObjectNode updated, List<FieldError> errors) {
        String before = Json.text(old, "spec", "clusterIP");
        String after = Json.text(updated, "spec", "clusterIP");
        if (!before.isEmpty() && !before.equals(after)) {
            errors.add(FieldError.invalid("spec.clusterIP", after, "may not change once set"));
        }
    }

    private static void newClaim(ObjectNode claim, List<FieldError> errors) {
        if (claim.path("spec").path("accessModes").isEmpty()) {
            errors.add(FieldError.required("spec.accessModes", "at least 1 access mode is required"));
        }
        String storage = Json.text(claim, "spec", "resources", "requests", "storage");
        if (storage.isEmpty()) {
            errors.add(FieldError.required("spec.resources[storage]", ""));
        } else if (ResourceRequirements.amount(storage).signum() <= 0) {
            errors.add(FieldError.invalid("spec.resources[storage]", storage, "must be greater than zero"));
        }
    }

    private static void claim(ObjectNode old, ObjectNode updated, List<FieldError> errors) {
        boolean bound = !Json.text(old, "spec", "volumeName").isEmpty();
        ObjectNode before = old.path("spec").deepCopy();
        ObjectNode after = updated.path("spec").deepCopy();
        before.remove("resources");
        after.remove("resources");
        if (!bound) {
            after.remove("volumeName");
        }
        if (!before.equals(after)) {
            errors.add(FieldError.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for"
                            + " bound claims"));
        }
    }

    static void port(int number, String field, List<FieldError> errors) {
        if (number < 1 || number > 65_535) {
            errors.add(FieldError.invalid(field, number, "must be between 1 and 65535, inclusive"));
        }
    }
}
