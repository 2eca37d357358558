package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * A request as it came in, free of the HTTP server's types.
 *
 * @param method the HTTP method
 * @param path the decoded path
 * @param rawQuery the query as sent, empty when there was none
 * @param parameters the query's parameters
 * @param contentType of the body, empty when not given
 * @param accept the Accept header, empty when not given
 * @param authorization the Authorization header, empty when not given
 * @param body empty when there was none, cut after {@link #BODY_MAX} and one byte
 * @param webSocket whether the client asks for a WebSocket
 */
record ApiRequest(
        String method,
        String path,
        String rawQuery,
        Map<String, List<String>> parameters,
        String contentType,
        String accept,
        String authorization,
        byte[] body,
        boolean webSocket) {

    /** The most bytes that a body may have. */
    static final int BODY_MAX = 3 * 1024 * 1024;

    private static final int FIELD_MANAGER_MAX = 128;

    /** The first value of a parameter, empty when absent. */
    String query(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.get(0);
    }

    boolean flag(String name) {
        String value = query(name);
        return value.equals("true") || value.equals("1");
    }

    boolean yaml() {
        return contentType.contains("yaml");
    }

    /**
     * Whether the write is only to be tried.
     *
     * @throws ApiException 422 for another value than All
     */
    boolean dryRun() {
        List<String> values = parameters.getOrDefault("dryRun", List.of());
        if (values.stream().anyMatch(v -> !v.equals("All") && !v.isEmpty())) {
            throw invalidOption(new FieldError(
                    "FieldValueNotSupported",
                    "dryRun",
                    "Unsupported value: " + Json.MAPPER.valueToTree(values) + ": supported values: \"All\""));
        }
        return values.contains("All");
    }

    /**
     * Checks the options that every write has.
     *
     * @throws ApiException 422
     */
    void checkWriteOptions() {
        if (query("fieldManager").length() > FIELD_MANAGER_MAX) {
            throw invalidOption(FieldError.tooLong("fieldManager", FIELD_MANAGER_MAX));
        }
        if (!query("force").isEmpty() && !contentType.contains("apply-patch")) {
            throw invalidOption(FieldError.forbidden("force", "may not be specified for non-apply patch"));
        }
    }

    private ApiException invalidOption(FieldError error) {
        String kind =
                switch (method) {
                    case "POST" -> "CreateOptions";
                    case "PUT" -> "UpdateOptions";
                    case "DELETE" -> "DeleteOptions";
                    default -> "PatchOptions";
                };
        return ApiException.invalid("meta.k8s.io", kind, "", List.of(error));
    }

    /**
     * The body as an object.
     *
     * @throws ApiException 400 when it is not an object
     */
    ObjectNode object() {
        if (contentType.contains("protobuf")) {
            return Protobuf.parse(body);
        }
        if (!contentType.isEmpty() && !contentType.contains("json") && !yaml()) {
            throw new ApiException(
                    415,
                    "UnsupportedMediaType",
                    "the body of the request was in an unknown format - accepted media types include: application/json,"
                            + " application/yaml, application/vnd.kubernetes.protobuf");
        }
        JsonNode node = Json.parse(body, yaml());
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.badRequest("the request body must be an object");
    }
}
