package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** A refusal, carrying the metav1.Status that is the answer. Wording as in k8s.io/apimachinery's api/errors. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ObjectNode status;
    private final int code;

    ApiException(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.status = status("Failure", code, reason, message);
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        return status;
    }

    /** Seconds after which the client may try again, 0 when the answer has no such header. */
    int retryAfterSeconds() {
        return status.path("details").path("retryAfterSeconds").asInt();
    }

    ApiException retryAfter(int seconds) {
        Json.child(status, "details").put("retryAfterSeconds", seconds);
        return this;
    }

    ApiException about(ResourceType type, String name) {
        ObjectNode details = Json.child(status, "details");
        details.put("name", name);
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        details.put("kind", type.plural());
        return this;
    }

    ApiException cause(String reason, String message, String field) {
        ObjectNode details = Json.child(status, "details");
        ArrayNode causes = details.path("causes") instanceof ArrayNode a ? a : details.putArray("causes");
        ObjectNode cause = causes.addObject();
        cause.put("reason", reason).put("message", message);
        if (!field.isEmpty()) {
            cause.put("field", field);
        }
        return this;
    }

    static ObjectNode status(String outcome, int code, String reason, String message) {
        ObjectNode status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", outcome);
        if (!message.isEmpty()) {
            status.put("message", message);
        }
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        status.put("code", code);
        return status;
    }

    static ApiException badRequest(String message) {
        return new ApiException(400, "BadRequest", message);
    }

    static ApiException notFound(ResourceType type, String name) {
        return new ApiException(404, "NotFound", type.qualifiedName() + " \"" + name + "\" not found")
                .about(type, name);
    }

    static ApiException noSuchPath() {
        return new ApiException(404, "NotFound", "the server could not find the requested resource");
    }

    static ApiException alreadyExists(ResourceType type, String name) {
        return new ApiException(409, "AlreadyExists", type.qualifiedName() + " \"" + name + "\" already exists")
                .about(type, name);
    }

    static ApiException conflict(ResourceType type, String name, String why) {
        return new ApiException(
                        409,
                        "Conflict",
                        "Operation cannot be fulfilled on " + type.qualifiedName() + " \"" + name + "\": " + why)
                .about(type, name);
    }

    static ApiException modified(ResourceType type, String name) {
        return conflict(
                type,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    static ApiException forbidden(ResourceType type, String name, String why) {
        return new ApiException(403, "Forbidden", type.qualifiedName() + " \"" + name + "\" is forbidden: " + why)
                .about(type, name);
    }

    static ApiException invalid(ResourceType type, String name, List<FieldError> errors) {
        return invalid(type.group(), type.kind(), name, errors);
    }

    static ApiException invalid(String group, String kind, String name, List<FieldError> errors) {
        String qualifiedKind = group.isEmpty() ? kind : kind + "." + group;
        String all = errors.stream().map(FieldError::toString).collect(Collectors.joining(", "));
        String message = qualifiedKind + " \"" + name + "\" is invalid: " + (errors.size() > 1 ? "[" + all + "]" : all);
        ApiException invalid = new ApiException(422, "Invalid", message);
        ObjectNode details = Json.child(invalid.status, "details");
        details.put("name", name);
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        details.put("kind", kind);
        errors.forEach(e -> invalid.cause(e.reason(), e.detail(), e.field()));
        return invalid;
    }

    static ApiException methodNotAllowed() {
        return new ApiException(
                405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    static ApiException unauthorized() {
        return new ApiException(401, "Unauthorized", "Unauthorized");
    }

    static ApiException expired(String message) {
        return new ApiException(410, "Expired", message);
    }
}
