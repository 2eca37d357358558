package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reading and walking JSON objects without a null check at every step. */
final class Json {

    static final ObjectMapper MAPPER = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final YAMLMapper YAML = new YAMLMapper();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /**
     * Parses a request body.
     *
     * @throws ApiException 400 when it is neither JSON nor, if allowed, YAML
     */
    static JsonNode parse(byte[] body, boolean yaml) {
        try {
            JsonNode node = yaml ? YAML.readTree(body) : MAPPER.readTree(body);
            if (node == null || node.isMissingNode()) {
                throw ApiException.badRequest("the request body is empty: send an object");
            }
            return node;
        } catch (java.io.IOException e) {
            throw ApiException.badRequest("error decoding request body: " + firstLine(e));
        }
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The object member of that name, made when absent or not an object. */
    static ObjectNode child(ObjectNode parent, String name) {
        JsonNode child = parent.get(name);
        return child instanceof ObjectNode existing ? existing : parent.putObject(name);
    }

    static ObjectNode metadata(ObjectNode object) {
        return child(object, "metadata");
    }

    /** The text of a nested member, empty when absent. */
    static String text(JsonNode node, String... path) {
        return at(node, path).asText("");
    }

    static JsonNode at(JsonNode node, String... path) {
        JsonNode current = node;
        for (String step : path) {
            current = current.path(step);
        }
        return current.isNull() ? com.fasterxml.jackson.databind.node.MissingNode.getInstance() : current;
    }

    static List<JsonNode> list(JsonNode node, String... path) {
        List<JsonNode> items = new ArrayList<>();
        at(node, path).forEach(items::add);
        return items;
    }

    static Map<String, String> strings(JsonNode node, String... path) {
        Map<String, String> map = new LinkedHashMap<>();
        at(node, path)
                .properties()
                .forEach(e -> map.put(e.getKey(), e.getValue().asText()));
        return map;
    }

    /** Sets a member that has no value yet. */
    static void putDefault(ObjectNode node, String name, String value) {
        if (at(node, name).isMissingNode() || text(node, name).isEmpty()) {
            node.put(name, value);
        }
    }

    static void putDefault(ObjectNode node, String name, long value) {
        if (at(node, name).isMissingNode()) {
            node.put(name, value);
        }
    }

    static void putDefault(ObjectNode node, String name, boolean value) {
        if (at(node, name).isMissingNode()) {
            node.put(name, value);
        }
    }

    /** The time in the form of metav1.Time: RFC 3339 in whole seconds. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
