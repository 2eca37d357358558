package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the API server checks of PersistentVolumeClaims. */
final class ClaimValidation {

    private static final String STORAGE = "spec.resources[storage]";

    private ClaimValidation() {}

    static void check(ObjectNode claim, KubernetesVersion version, List<FieldError> errors) {
        List<JsonNode> modes = Json.list(claim, "spec", "accessModes");
        if (modes.isEmpty()) {
            errors.add(FieldError.required("spec.accessModes", "at least 1 access mode is required"));
        }
        List<String> known = version.readWriteOncePod()
                ? List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod")
                : List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce");
        modes.stream()
                .map(JsonNode::asText)
                .filter(mode -> !known.contains(mode))
                .forEach(mode -> errors.add(
                        FieldError.notSupported("spec.accessModes", mode, '"' + String.join("\", \"", known) + '"')));
        if (modes.size() > 1 && modes.stream().anyMatch(mode -> mode.asText().equals("ReadWriteOncePod"))) {
            errors.add(
                    FieldError.forbidden("spec.accessModes", "may not use ReadWriteOncePod with other access modes"));
        }
        String storage = Json.text(claim, "spec", "resources", "requests", "storage");
        if (storage.isEmpty()) {
            errors.add(FieldError.required(STORAGE, ""));
        } else if (ResourceRequirements.amount(storage).signum() <= 0) {
            errors.add(FieldError.invalid(STORAGE, storage, "must be greater than zero"));
        }
    }

    static void checkUpdate(ObjectNode old, ObjectNode updated, List<FieldError> errors) {
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
}
