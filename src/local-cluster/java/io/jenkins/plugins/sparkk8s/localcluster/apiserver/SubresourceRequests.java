package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** The requests about a part of an object, or about something done to it. */
final class SubresourceRequests {

    private static final ResourceType PODS = ResourceTypes.core("pods");
    private static final long TOKEN_SECONDS = 3600;
    private static final long TOKEN_SECONDS_LEAST = 600;

    private final ApiServerParts parts;
    private final ResourceRequests resources;
    private final PodLogs logs;
    private final PodProxy proxy;
    private final Scales scales;
    private final PodConnections connections;

    SubresourceRequests(ApiServerParts parts) {
        this.parts = parts;
        this.resources = new ResourceRequests(parts);
        this.logs = new PodLogs(parts);
        this.proxy = new PodProxy(parts);
        this.scales = new Scales(parts);
        this.connections = new PodConnections(parts);
    }

    Answer answer(ResourceType type, ResourcePath path, ApiRequest request) {
        String what = type.storage() + "/" + path.subresource();
        if (path.subresource().equals("status") && type.hasStatus()) {
            return status(type, path, request);
        }
        if (path.subresource().equals("scale") && Scales.SCALABLE.contains(type.storage())) {
            return scales.answer(type, path, request);
        }
        return switch (what) {
            case "pods/exec", "pods/attach", "pods/portforward" -> connections.answer(path);
            case "pods/proxy" -> proxy.answer(path, request);
            case "pods/log" -> logs.answer(path, request);
            case "pods/binding" -> bind(path, request);
            case "pods/eviction" -> evict(path, request);
            case "serviceaccounts/token" -> token(path, request);
            default -> throw ApiException.noSuchPath();
        };
    }

    private Answer status(ResourceType type, ResourcePath path, ApiRequest request) {
        return switch (request.method()) {
            case "GET" ->
                ResourceRequests.shown(200, type, parts.registry().get(type, path.namespace(), path.name()), request);
            case "PUT", "PATCH" -> resources.change(type, path, request, Registry.Part.STATUS);
            default -> throw ApiException.methodNotAllowed();
        };
    }

    /** Puts a pod on a node, as a scheduler does. */
    Answer bind(ResourcePath path, ApiRequest request) {
        requirePost(request);
        ObjectNode binding = request.object();
        String pod = path.resource().equals("bindings") ? Json.text(binding, "metadata", "name") : path.name();
        String node = Json.text(binding, "target", "name");
        if (node.isEmpty()) {
            throw ApiException.badRequest("target.name: Required value: name the node to bind the pod to");
        }
        parts.store().inTransaction(() -> bind(path.namespace(), pod, node, request.dryRun()));
        return created();
    }

    private ObjectNode bind(String namespace, String pod, String node, boolean dryRun) {
        ObjectNode old = parts.registry().get(PODS, namespace, pod);
        if (old.path("metadata").has("deletionTimestamp")) {
            throw ApiException.conflict(PODS, pod, "pod " + pod + " is being deleted, cannot be assigned to a host");
        }
        String present = Json.text(old, "spec", "nodeName");
        if (!present.isEmpty()) {
            throw ApiException.conflict(PODS, pod, "pod " + pod + " is already assigned to node \"" + present + "\"");
        }
        ObjectNode bound = old.deepCopy();
        Json.child(bound, "spec").put("nodeName", node);
        ObjectNode scheduled = condition(bound, "PodScheduled");
        scheduled.put("status", "True").put("lastTransitionTime", now());
        scheduled.remove("reason");
        scheduled.remove("message");
        return dryRun ? bound : parts.store().put(PODS, bound);
    }

    private static ObjectNode condition(ObjectNode pod, String type) {
        ObjectNode status = Json.child(pod, "status");
        ArrayNode conditions = status.get("conditions") instanceof ArrayNode a ? a : status.putArray("conditions");
        for (var condition : conditions) {
            if (Json.text(condition, "type").equals(type)) {
                return (ObjectNode) condition;
            }
        }
        return conditions.addObject().put("type", type);
    }

    private Answer evict(ResourcePath path, ApiRequest request) {
        requirePost(request);
        ObjectNode options = Json.child(request.object(), "deleteOptions");
        ApiRequest deletion = new ApiRequest(
                "DELETE",
                request.path(),
                request.rawQuery(),
                request.parameters(),
                "application/json",
                "",
                "",
                Json.bytes(options),
                false);
        DeleteOptions parsed = DeleteOptions.of(deletion);
        parts.store().inTransaction(() -> {
            ObjectNode pod =
                    parts.registry().get(PODS, path.namespace(), path.name()).deepCopy();
            refuseIfDisruptionIsNotAllowed(pod);
            if (!parsed.dryRun()) {
                condition(pod, "DisruptionTarget")
                        .put("status", "True")
                        .put("reason", "EvictionByEvictionAPI")
                        .put("message", "Eviction API: evicting")
                        .put("lastTransitionTime", now());
                parts.store().put(PODS, pod);
            }
            return parts.deletions().delete(PODS, path.namespace(), path.name(), parsed);
        });
        return created();
    }

    private void refuseIfDisruptionIsNotAllowed(ObjectNode pod) {
        ResourceType budgets =
                ResourceTypes.find("policy", "v1", "poddisruptionbudgets").orElseThrow();
        for (ObjectNode budget : parts.store().list(budgets, Json.text(pod, "metadata", "namespace"))) {
            boolean none = budget.path("status").path("disruptionsAllowed").asInt(-1) == 0;
            if (none && LabelSelector.of(budget.path("spec").path("selector")).test(pod)) {
                throw new ApiException(
                                429,
                                "TooManyRequests",
                                "Cannot evict pod as it would violate the pod's disruption budget.")
                        .cause(
                                "DisruptionBudget",
                                "The disruption budget " + Json.text(budget, "metadata", "name")
                                        + " does not allow a disruption now",
                                "");
            }
        }
    }

    private Answer token(ResourcePath path, ApiRequest request) {
        requirePost(request);
        ObjectNode body = request.object();
        long seconds = body.path("spec").path("expirationSeconds").asLong(TOKEN_SECONDS);
        if (seconds < TOKEN_SECONDS_LEAST) {
            throw ApiException.invalid(
                    "authentication.k8s.io",
                    "TokenRequest",
                    "",
                    java.util.List.of(FieldError.invalid(
                            "spec.expirationSeconds", seconds, "may not specify a duration less than 10 minutes")));
        }
        String token = parts.tokens().issue(path.namespace(), path.name(), Duration.ofSeconds(seconds));
        body.put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        Json.metadata(body).put("name", path.name()).put("namespace", path.namespace());
        Json.child(body, "spec").put("expirationSeconds", seconds);
        body.putObject("status")
                .put("token", token)
                .put("expirationTimestamp", Json.time(parts.clock().instant().plusSeconds(seconds)));
        return Answer.Body.json(201, body);
    }

    private static Answer created() {
        return Answer.Body.json(201, ApiException.status("Success", 201, "", ""));
    }

    private static void requirePost(ApiRequest request) {
        if (!request.method().equals("POST")) {
            throw ApiException.methodNotAllowed();
        }
    }

    private String now() {
        return Json.time(parts.clock().instant());
    }
}
