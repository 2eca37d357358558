package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/** Lists: selectors, pages that stay consistent, and lists of a certain version. */
final class ListRequests {

    private final Store store;
    private final KubernetesVersion version;

    ListRequests(Store store, KubernetesVersion version) {
        this.store = store;
        this.version = version;
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

    private ObjectNode page(ResourceType type, String namespace, Predicate<JsonNode> filter, ApiRequest request) {
        ListOptions options = ListOptions.of(request, version);
        Continue from = Continue.of(request.query("continue"));
        long at = from == null ? options.version(store.version()) : from.version();
        List<ObjectNode> matching = store.listAt(type, namespace, at).stream()
                .filter(o -> from == null || ObjectKey.of(o).compareTo(from.after()) > 0)
                .filter(filter)
                .toList();
        int limit = options.limit();
        List<ObjectNode> shown = limit > 0 && matching.size() > limit ? matching.subList(0, limit) : matching;
        ObjectNode list = Representation.of(request).list(type, shown, at);
        if (shown.size() < matching.size()) {
            ObjectNode metadata = Json.metadata(list);
            metadata.put("continue", new Continue(at, ObjectKey.of(shown.get(shown.size() - 1))).token());
            if (request.query("labelSelector").isEmpty()
                    && request.query("fieldSelector").isEmpty()) {
                metadata.put("remainingItemCount", matching.size() - shown.size());
            }
        }
        return list;
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
                throw ApiException.badRequest("invalid continue token: continue key is not valid: " + token);
            }
        }

        String token() {
            String text = version + "/" + after.namespace() + "/" + after.name();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
