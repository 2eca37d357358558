package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of an object as paths of the form that managedFields have: {@code f:name} for a member,
 * {@code k:{"name":"x"}} for the item of a list with a key, {@code v:"x"} for a value of a set.
 */
final class FieldPaths {

    private static final Set<String> IDENTITY =
            Set.of("name", "generateName", "namespace", "uid", "resourceVersion", "creationTimestamp", "managedFields");

    private final ResourceType type;

    FieldPaths(ResourceType type) {
        this.type = type;
    }

    /** The paths of all values of an object, without what only identifies it. */
    Set<List<String>> of(ObjectNode object) {
        Set<List<String>> paths = new LinkedHashSet<>();
        object.properties().forEach(member -> {
            if (!Set.of("apiVersion", "kind", "status").contains(member.getKey())) {
                collect(List.of("f:" + member.getKey()), member.getKey(), member.getValue(), paths);
            }
        });
        paths.removeIf(path -> path.size() > 1
                && path.get(0).equals("f:metadata")
                && IDENTITY.contains(path.get(1).substring(2)));
        return paths;
    }

    private void collect(List<String> path, String name, JsonNode value, Set<List<String>> paths) {
        Optional<List<String>> keys = StrategicMerge.applyKeys(type, name);
        if (value instanceof ObjectNode object && !object.isEmpty()) {
            object.properties().forEach(m -> collect(plus(path, "f:" + m.getKey()), m.getKey(), m.getValue(), paths));
        } else if (value instanceof ArrayNode items && StrategicMerge.isSet(name)) {
            items.forEach(item -> paths.add(plus(path, "v:" + item)));
        } else if (value instanceof ArrayNode items && keys.isPresent()) {
            for (JsonNode item : items) {
                List<String> at = plus(path, "k:" + key(item, keys.get()));
                item.properties().forEach(m -> collect(plus(at, "f:" + m.getKey()), m.getKey(), m.getValue(), paths));
            }
        } else {
            paths.add(path);
        }
    }

    private static ObjectNode key(JsonNode item, List<String> keys) {
        ObjectNode key = Json.object();
        keys.stream().filter(item::has).forEach(k -> key.set(k, item.get(k)));
        return key;
    }

    private static List<String> plus(List<String> path, String segment) {
        List<String> longer = new ArrayList<>(path);
        longer.add(segment);
        return List.copyOf(longer);
    }

    /** The value at a path; missing when there is none. */
    static JsonNode value(JsonNode object, List<String> path) {
        JsonNode current = object;
        for (String segment : path) {
            current = step(current, segment);
        }
        return current;
    }

    private static JsonNode step(JsonNode node, String segment) {
        String rest = segment.substring(2);
        if (segment.startsWith("f:")) {
            return node.path(rest);
        }
        for (JsonNode item : node) {
            if (segment.startsWith("v:")
                    ? item.toString().equals(rest)
                    : hasKey(item, Json.parse(rest.getBytes(StandardCharsets.UTF_8), false))) {
                return item;
            }
        }
        return MissingNode.getInstance();
    }

    private static boolean hasKey(JsonNode item, JsonNode key) {
        return key.properties().stream().allMatch(k -> k.getValue().equals(item.path(k.getKey())));
    }

    /** Removes the value at a path, and an item of a list with its last member but its key. */
    static void remove(ObjectNode object, List<String> path) {
        List<String> parent = path.subList(0, path.size() - 1);
        String last = path.get(path.size() - 1);
        JsonNode from = value(object, parent);
        if (from instanceof ObjectNode members) {
            members.remove(last.substring(2));
        } else if (from instanceof ArrayNode items) {
            for (int i = items.size() - 1; i >= 0; i--) {
                if (items.get(i) == step(items, last)) {
                    items.remove(i);
                }
            }
        }
    }

    /** As error messages write a path: {@code .spec.containers[name="c"].image}. */
    static String text(List<String> path) {
        StringBuilder text = new StringBuilder();
        for (String segment : path) {
            String rest = segment.substring(2);
            if (segment.startsWith("f:")) {
                text.append('.').append(rest);
            } else if (segment.startsWith("v:")) {
                text.append("[=").append(rest).append(']');
            } else {
                List<String> keys = new ArrayList<>();
                Json.parse(rest.getBytes(StandardCharsets.UTF_8), false)
                        .properties()
                        .forEach(k -> keys.add(k.getKey() + "=" + k.getValue()));
                text.append('[').append(String.join(",", keys)).append(']');
            }
        }
        return text.toString();
    }

    /** The tree of FieldsV1. */
    static ObjectNode toTree(Set<List<String>> paths) {
        ObjectNode tree = Json.object();
        for (List<String> path : paths) {
            ObjectNode node = tree;
            for (String segment : path) {
                node = Json.child(node, segment);
                if (segment.startsWith("k:")) {
                    Json.child(node, ".");
                }
            }
        }
        return tree;
    }

    static Set<List<String>> ofTree(JsonNode tree) {
        Set<List<String>> paths = new LinkedHashSet<>();
        walk(tree, List.of(), paths);
        return paths;
    }

    private static void walk(JsonNode tree, List<String> path, Set<List<String>> paths) {
        if (tree.isEmpty() && !path.isEmpty()) {
            paths.add(path);
        }
        tree.properties().forEach(member -> {
            if (!member.getKey().equals(".")) {
                walk(member.getValue(), plus(path, member.getKey()), paths);
            }
        });
    }
}
