package io.jenkins.plugins.sparkk8s.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The values of Kubernetes objects by path, such as {@code Pod/x/spec/containers[name=spark]/image}: two objects are the
 * same when these are.
 *
 * <p>What the API server adds by itself is left out. Lists that Kubernetes merges by a key go by that key, so their
 * order does not matter. An empty value is no value, except where it says something: in maps of strings, and as the
 * source of a volume.
 */
final class ObjectValues {
    private static final Set<String> SERVER_SIDE =
            Set.of("uid", "resourceVersion", "creationTimestamp", "managedFields", "generation");
    private static final Set<String> STRING_MAPS = Set.of("labels", "annotations", "data", "nodeSelector", "selector");
    private static final List<String> KEYS = List.of("mountPath", "name", "key", "containerPort");
    /** The API server adds this volume, whose name has a random end. */
    private static final String TOKEN_VOLUME = "kube-api-access-";

    private static final String OWN_METADATA = "[^/]*jenkins\\.io/.*";
    private static final String OWN_PROPERTIES = "spark\\.kubernetes\\.submit\\..*";

    private final UnaryOperator<String> masks;
    private final SortedMap<String, String> values = new TreeMap<>();

    ObjectValues(UnaryOperator<String> masks) {
        this.masks = masks;
    }

    void add(String kind, JsonNode object) {
        String path = kind + "/" + object.path("metadata").path("name").asText();
        object.properties().forEach(member -> {
            if (!Set.of("kind", "apiVersion", "status").contains(member.getKey())) {
                member(path, member.getKey(), member.getValue());
            }
        });
    }

    SortedMap<String, String> toMap() {
        return values;
    }

    private void member(String path, String name, JsonNode value) {
        String inside = path + "/" + name;
        if (path.endsWith("/metadata") && SERVER_SIDE.contains(name) || inside.endsWith("]/uid")) {
            return;
        }
        boolean stringMap = STRING_MAPS.contains(name) && value.isObject();
        if (stringMap) {
            value.properties().forEach(entry -> {
                if (entry.getKey().equals("spark.properties")) {
                    properties(inside + "/spark.properties", entry.getValue().asText());
                } else if (!entry.getKey().matches(OWN_METADATA)) {
                    put(inside + "/" + entry.getKey(), entry.getValue().asText());
                }
            });
        } else {
            any(inside, value);
        }
    }

    private void any(String path, JsonNode value) {
        if (value.isObject()) {
            if (path.endsWith("/emptyDir")) {
                put(path, "{}");
            }
            value.properties().forEach(member -> member(path, member.getKey(), member.getValue()));
        } else if (value.isArray()) {
            list(path, value);
        } else if (!value.asText().isEmpty() && !value.isNull()) {
            put(path, value.asText());
        }
    }

    private void list(String path, JsonNode list) {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path("name").asText().startsWith(TOKEN_VOLUME)) {
                continue;
            }
            String at = key(list.get(i), i);
            int times = seen.merge(at, 1, Integer::sum);
            any(path + "[" + at + (times > 1 ? " #" + times : "") + "]", list.get(i));
        }
    }

    private static String key(JsonNode entry, int index) {
        return KEYS.stream()
                .filter(entry::has)
                .findFirst()
                .map(key -> key + "=" + entry.path(key).asText())
                .orElse(Integer.toString(index));
    }

    private void properties(String path, String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        properties.stringPropertyNames().stream()
                .filter(key -> !key.matches(OWN_PROPERTIES))
                .forEach(key -> put(
                        path + "/" + key,
                        key.equals("spark.app.submitTime")
                                        && properties.getProperty(key).matches("\\d{13}")
                                ? "<submit time>"
                                : properties.getProperty(key)));
    }

    private void put(String path, String value) {
        values.put(masks.apply(path), masks.apply(value));
    }
}
