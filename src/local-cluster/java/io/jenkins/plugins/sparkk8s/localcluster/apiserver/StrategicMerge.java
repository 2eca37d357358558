package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Merging with knowledge of the API: lists that have a merge key are merged item by item. Used for strategic merge
 * patches, where {@code null} and {@code $patch} directives remove, and for server-side apply, where they mean nothing.
 */
final class StrategicMerge {

    private static final Set<String> UNIQUE_VALUES = Set.of("finalizers");
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("conditions", List.of("type")),
            Map.entry("addresses", List.of("type")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("secrets", List.of("name")),
            Map.entry("taints", List.of("key", "effect")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")));

    private final ResourceType type;
    private final boolean directives;

    StrategicMerge(ResourceType type, boolean directives) {
        this.type = type;
        this.directives = directives;
    }

    ObjectNode merge(ObjectNode original, ObjectNode patch) {
        ObjectNode result = original.deepCopy();
        mergeInto(result, patch);
        return result;
    }

    private void mergeInto(ObjectNode target, ObjectNode patch) {
        if (directives && "replace".equals(Json.text(patch, "$patch"))) {
            target.removeAll();
        }
        patch.properties().forEach(e -> member(target, e.getKey(), e.getValue(), patch));
    }

    private void member(ObjectNode target, String name, JsonNode value, ObjectNode patch) {
        if (directives && name.startsWith("$")) {
            directive(target, name, value);
        } else if (value.isNull()) {
            if (directives) {
                target.remove(name);
            }
        } else if (value instanceof ObjectNode changes) {
            object(target, name, changes);
        } else if (value instanceof ArrayNode items) {
            list(target, name, items);
        } else {
            target.set(name, value);
        }
    }

    private void directive(ObjectNode target, String name, JsonNode value) {
        if (name.equals("$retainKeys")) {
            List<String> keep = Json.list(value).stream().map(JsonNode::asText).toList();
            target.retain(keep);
        } else if (name.startsWith("$deleteFromPrimitiveList/")) {
            String list = name.substring(name.indexOf('/') + 1);
            if (target.get(list) instanceof ArrayNode items) {
                ArrayNode rest = target.putArray(list);
                items.forEach(i -> {
                    if (!Json.list(value).contains(i)) {
                        rest.add(i);
                    }
                });
            }
        }
    }

    private void object(ObjectNode target, String name, ObjectNode changes) {
        if (directives && "delete".equals(Json.text(changes, "$patch"))) {
            target.remove(name);
            return;
        }
        mergeInto(Json.child(target, name), changes);
    }

    private void list(ObjectNode target, String name, ArrayNode items) {
        Optional<List<String>> keys = keys(name);
        if (UNIQUE_VALUES.contains(name)) {
            ArrayNode values = target.get(name) instanceof ArrayNode a ? a : target.putArray(name);
            items.forEach(i -> {
                if (!Json.list(values).contains(i)) {
                    values.add(i);
                }
            });
        } else if (keys.isEmpty()) {
            target.set(name, items.deepCopy());
        } else {
            mergeItems(target, name, items, keys.get());
        }
    }

    private void mergeItems(ObjectNode target, String name, ArrayNode items, List<String> keys) {
        boolean replace =
                directives && Json.list(items).stream().anyMatch(i -> "replace".equals(Json.text(i, "$patch")));
        ArrayNode list = !replace && target.get(name) instanceof ArrayNode a ? a : target.putArray(name);
        for (JsonNode item : items) {
            if (!(item instanceof ObjectNode changes)) {
                throw ApiException.badRequest("cannot merge a value into the list of objects " + name);
            }
            String directive = directives ? Json.text(changes, "$patch") : "";
            int at = indexOf(list, changes, keys);
            if (directive.equals("delete")) {
                if (at >= 0) {
                    list.remove(at);
                }
            } else if (at >= 0) {
                mergeInto((ObjectNode) list.get(at), changes);
            } else if (!directive.equals("replace")) {
                mergeInto(list.addObject(), changes);
            }
        }
    }

    private Optional<List<String>> keys(String name) {
        Optional<List<String>> keys = applyKeys(type, name);
        return directives && name.equals("ports") ? keys.map(k -> k.subList(0, 1)) : keys;
    }

    /** By which members server-side apply distinguishes the items of a list; empty for a list that is one value. */
    static Optional<List<String>> applyKeys(ResourceType type, String list) {
        if (list.equals("ports")) {
            return Optional.of(List.of(type.is("services") ? "port" : "containerPort", "protocol"));
        }
        return Optional.ofNullable(KEYS.get(list));
    }

    /** Whether a list is a set of values. */
    static boolean isSet(String list) {
        return UNIQUE_VALUES.contains(list);
    }

    private static int indexOf(ArrayNode list, ObjectNode item, List<String> keys) {
        for (int i = 0; i < list.size(); i++) {
            JsonNode candidate = list.get(i);
            if (keys.stream().allMatch(k -> same(k, candidate, item))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean same(String key, JsonNode one, JsonNode other) {
        String whenAbsent = key.equals("protocol") ? "TCP" : "";
        return one.path(key).asText(whenAbsent).equals(other.path(key).asText(whenAbsent));
    }
}
