package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;

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
    static void create(ResourceType type, ObjectNode object, KubernetesVersion version) {
        refuse(type, object, errors(type, object, version));
    }

    /**
     * Checks a changed object, also against what it was.
     *
     * @throws ApiException 422 with every cause
     */
    static void update(ResourceType type, ObjectNode old, ObjectNode updated, KubernetesVersion version) {
        List<FieldError> errors = errors(type, updated, version);
        switch (type.storage()) {
            case "pods" -> errors.addAll(PodValidation.checkUpdate(old, updated));
            case "configmaps", "secrets" -> immutable(old, updated, errors);
            case "services" -> new ServiceValidation(version, errors).checkUpdate(old, updated);
            case "persistentvolumeclaims" -> ClaimValidation.checkUpdate(old, updated, errors);
            case "deployments.apps", "replicasets.apps", "statefulsets.apps" ->
                errors.addAll(WorkloadValidation.checkUpdate(type, old, updated));
            default -> {
                // No rule about changes that a Spark application can meet.
            }
        }
        refuse(type, updated, errors);
    }

    private static List<FieldError> errors(ResourceType type, ObjectNode object, KubernetesVersion version) {
        List<FieldError> errors = MetadataValidation.check(type, object, version);
        switch (type.storage()) {
            case "pods" -> errors.addAll(PodValidation.check(object, version));
            case "configmaps", "secrets" -> data(object, errors);
            case "services" -> new ServiceValidation(version, errors).check(object);
            case "persistentvolumeclaims" -> ClaimValidation.check(object, version, errors);
            case "deployments.apps", "replicasets.apps", "statefulsets.apps" ->
                errors.addAll(WorkloadValidation.check(type, object, version));
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
                total += encoded
                        ? decoded(object, entry.getValue().asText())
                        : MetadataValidation.bytes(entry.getValue().asText());
            }
        }
        if (total > DATA_MAX) {
            errors.add(FieldError.tooLong("Secret".equals(Json.text(object, "kind")) ? "data" : "[]", DATA_MAX));
        }
    }

    private static int decoded(ObjectNode object, String base64) {
        try {
            return Base64.getDecoder().decode(base64).length;
        } catch (IllegalArgumentException e) {
            String kind = Json.text(object, "kind");
            throw ApiException.badRequest(
                    kind + " in version \"v1\" cannot be handled as a " + kind + ": illegal base64 data");
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

    static void port(int number, String field, List<FieldError> errors) {
        if (number < 1 || number > 65_535) {
            errors.add(FieldError.invalid(field, number, "must be between 1 and 65535, inclusive"));
        }
    }
}
