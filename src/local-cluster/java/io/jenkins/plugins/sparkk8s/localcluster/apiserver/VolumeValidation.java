package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;

/** What the API server checks of the sources of a pod's volumes. */
final class VolumeValidation {

    /** What a source must name. */
    private record Required(String source, String member) {}

    private static final List<Required> REQUIRED = List.of(
            new Required("configMap", "name"),
            new Required("secret", "secretName"),
            new Required("hostPath", "path"),
            new Required("persistentVolumeClaim", "claimName"),
            new Required("nfs", "server"),
            new Required("nfs", "path"));

    /** Sources that have a list of keys and the paths of their files. */
    private static final List<String> FILES = List.of("configMap", "secret", "downwardAPI");

    private final List<FieldError> errors;

    VolumeValidation(List<FieldError> errors) {
        this.errors = errors;
    }

    void check(JsonNode volume, String field) {
        int sources = volume.size() - (volume.has("name") ? 1 : 0);
        if (sources > 1) {
            errors.add(FieldError.forbidden(field, "may not specify more than 1 volume type"));
        }
        for (Required required : REQUIRED) {
            if (volume.has(required.source)
                    && Json.text(volume, required.source, required.member).isEmpty()) {
                errors.add(FieldError.required(field + "." + required.source + "." + required.member, ""));
            }
        }
        noBacksteps(Json.text(volume, "hostPath", "path"), field + ".hostPath.path");
        size(volume.path("emptyDir").path("sizeLimit"), field + ".emptyDir.sizeLimit");
        files(volume, field);
        int i = 0;
        for (JsonNode source : Json.list(volume, "projected", "sources")) {
            files(source, field + ".projected.sources[" + i++ + "]");
        }
    }

    private void files(JsonNode parent, String field) {
        for (String source : FILES) {
            int i = 0;
            for (JsonNode item : Json.list(parent, source, "items")) {
                String at = field + "." + source + ".items[" + i++ + "]";
                if (!source.equals("downwardAPI") && Json.text(item, "key").isEmpty()) {
                    errors.add(FieldError.required(at + ".key", ""));
                }
                String path = Json.text(item, "path");
                if (path.isEmpty()) {
                    errors.add(FieldError.required(at + ".path", ""));
                } else if (path.startsWith("/")) {
                    errors.add(FieldError.invalid(at + ".path", path, "must be a relative path"));
                } else {
                    noBacksteps(path, at + ".path");
                    mode(item.path("mode"), at + ".mode");
                }
            }
            mode(parent.path(source).path("defaultMode"), field + "." + source + ".defaultMode");
        }
    }

    private void mode(JsonNode mode, String field) {
        if (mode.isNumber() && (mode.asLong() < 0 || mode.asLong() > 0777)) {
            errors.add(FieldError.invalid(
                    field, mode.asLong(), "must be a number between 0 and 0777 (octal), both inclusive"));
        }
    }

    /** A path that would lead out of where it begins. */
    void noBacksteps(String path, String field) {
        if (Arrays.asList(path.split("/")).contains("..")) {
            errors.add(FieldError.invalid(field, path, "must not contain '..'"));
        }
    }

    private void size(JsonNode limit, String field) {
        if (!limit.isMissingNode()
                && ResourceRequirements.amount(limit.asText()).signum() < 0) {
            errors.add(FieldError.invalid(field, limit.asText(), "must be greater than or equal to 0"));
        }
    }
}
