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
 * @param body empty when there was none
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
     * @throws ApiException 400 for another value than All
     */
    boolean dryRun() {
        List<String> values = parameters.getOrDefault("dryRun", List.of());
        if (values.stream().anyMatch(v -> !v.equals("All") && !v.isEmpty())) {
            throw ApiException.badRequest("dryRun: Unsupported value: " + values + ": supported values: \"All\"");
        }
        return values.contains("All");
    }

    /** Whether the client wants a table, as kubectl does for printing. */
    boolean wantsTable() {
        return accept.contains("as=Table");
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
        JsonNode node = Json.parse(body, yaml());
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.badRequest("the request body must be an object");
    }
}
