package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/** Lists: selectors, pages that stay consistent, and lists of a certain version. */
final class ListRequests {

    private final Store store;

    ListRequests(Store store) {
        this.store = store;
    }

    /** The label and field selectors of a request, as one. */
    static Predicate<JsonNode> filter(ResourceType type, ApiRequest request) {
        return LabelSelector.parse(request.query("labelSelector"))
                .and(FieldSelector.parse(type, request.query("fieldSelector")));
    }

    Answer answer(ResourceType type, String namespace, ApiRequest request) {
        Predicate<JsonNode> filter = filter(type, request);
        ObjectNode page = store.inTransaction(() -> page(type, namespace, filter, request));
        return Answer.Body.json(200, page);
    }

    /** A plain list of objects. */
    ObjectNode list(ResourceType type, List<ObjectNode> objects, long version) {
        ObjectNode list = Json.object();
        list.put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
        Json.metadata(list).put("resourceVersion", Long.toString(version));
        ArrayNode items = list.putArray("items");
        objects.forEach(o -> {
            // The items of a list carry no kind, as in a real server; the list's kind tells it.
            ObjectNode item = Views.of(type, o).deepCopy();
            item.remove("kind");
            item.remove("apiVersion");
            items.add(item);
        });
        return list;
    }

    private ObjectNode page(ResourceType type, String namespace, Predicate<JsonNode> filter, ApiRequest request) {
        Continue from = Continue.of(request.query("continue"));
        long version = from == null ? requestedVersion(request) : from.version();
        List<ObjectNode> matching = store.listAt(type, namespace, version).stream()
                .filter(o -> from == null || ObjectKey.of(o).compareTo(from.after()) > 0)
                .filter(filter)
                .toList();
        String limitText = request.query("limit");
        int limit = limitText.matches("[0-9]{1,9}") ? Integer.parseInt(limitText) : 0;
        List<ObjectNode> shown = limit > 0 && matching.size() > limit ? matching.subList(0, limit) : matching;
        ObjectNode list = request.wantsTable()
                ? Tables.of(type, shown.stream().map(o -> Views.of(type, o)).toList(), version)
                : list(type, shown, version);
        if (shown.size() < matching.size()) {
            ObjectNode metadata = Json.metadata(list);
            metadata.put("continue", new Continue(version, ObjectKey.of(shown.get(shown.size() - 1))).token());
            if (request.query("labelSelector").isEmpty()
                    && request.query("fieldSelector").isEmpty()) {
                metadata.put("remainingItemCount", matching.size() - shown.size());
            }
        }
        return list;
    }

    /** The version the list is to be of; see "Resource version semantics" in Kubernetes' API concepts. */
    private long requestedVersion(ApiRequest request) {
        String match = request.query("resourceVersionMatch");
        String wanted = request.query("resourceVersion");
        if (!match.isEmpty() && (wanted.isEmpty() || match.equals("Exact") && wanted.equals("0"))) {
            throw ApiException.invalid(
                    "meta.k8s.io",
                    "ListOptions",
                    "",
                    List.of(FieldError.forbidden(
                            "resourceVersionMatch",
                            "resourceVersionMatch is forbidden unless resourceVersion is provided")));
        }
        if (wanted.isEmpty() || wanted.equals("0")) {
            return store.version();
        }
        if (!wanted.matches("[0-9]{1,18}")) {
            throw ApiException.badRequest("resourceVersion: Invalid value: \"" + wanted + "\": it must be a number");
        }
        long version = Long.parseLong(wanted);
        if (version > store.version()) {
            throw new ApiException(
                            504, "Timeout", "Too large resource version: " + version + ", current: " + store.version())
                    .cause("ResourceVersionTooLarge", "Too large resource version", "")
                    .retryAfter(1);
        }
        return match.equals("Exact") ? version : store.version();
    }

    /** Where the next page begins. */
    private record Continue(long version, ObjectKey after) {

        static Continue of(String token) {
            if (token.isEmpty()) {
                return null;
            }
            try {
                String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
                String[] parts = text.split("/", -1);
                return new Continue(Long.parseLong(parts[0]), new ObjectKey(parts[1], parts[2]));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw ApiException.badRequest("continue key is not valid: " + token);
            }
        }

        String token() {
            String text = version + "/" + after.namespace() + "/" + after.name();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
