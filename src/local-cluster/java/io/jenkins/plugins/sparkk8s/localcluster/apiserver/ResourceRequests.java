package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The requests about objects themselves: get, list, watch, create, update, patch, delete. */
final class ResourceRequests {

    private final ApiServerParts parts;
    private final ListRequests lists;

    ResourceRequests(ApiServerParts parts) {
        this.parts = parts;
        this.lists = new ListRequests(parts.store(), parts.version());
    }

    Answer answer(ResourceType type, ResourcePath path, ApiRequest request) {
        return switch (path.verb(request)) {
            case "get" -> get(type, path, request);
            case "list" -> lists.answer(type, path.namespace(), request);
            case "watch" -> watch(type, path, request);
            case "create" -> create(type, path, request);
            case "update", "patch" -> change(type, path, request, Registry.Part.MAIN);
            case "delete" -> delete(type, path, request);
            case "deletecollection" -> deleteCollection(type, path, request);
            default -> throw ApiException.methodNotAllowed();
        };
    }

    private Answer get(ResourceType type, ResourcePath path, ApiRequest request) {
        ListOptions.of(request, parts.version()).version(parts.store().version());
        return shown(200, type, parts.registry().get(type, path.namespace(), path.name()), request);
    }

    private Answer create(ResourceType type, ResourcePath path, ApiRequest request) {
        if (!path.name().isEmpty() || type.namespaced() && path.namespace().isEmpty()) {
            throw ApiException.methodNotAllowed();
        }
        request.checkWriteOptions();
        ObjectNode body = Views.toStored(type, request.object());
        Decoding.check(type, body, request.query("fieldValidation"));
        Json.metadata(body).remove("managedFields");
        ResourceType stored = storedAs(type);
        return shown(201, type, parts.registry().create(stored, path.namespace(), body, request.dryRun()), request);
    }

    /** A PUT or PATCH of one part of an object. */
    Answer change(ResourceType type, ResourcePath path, ApiRequest request, Registry.Part part) {
        request.checkWriteOptions();
        boolean put = request.method().equals("PUT");
        Patches format = put ? null : Patches.of(request.contentType());
        if (format == Patches.APPLY) {
            return new ServerSideApply(parts).answer(type, path, request, part);
        }
        JsonNode patch = put ? request.object() : Json.parse(request.body(), false);
        UnaryOperator<ObjectNode> change = old -> {
            ObjectNode wanted = put ? Views.toStored(type, (ObjectNode) patch) : format.apply(type, old, patch);
            Decoding.check(type, wanted, request.query("fieldValidation"));
            if (!put) {
                Preconditions.patch(type, old, wanted);
            }
            keepOwners(type, old, wanted, request);
            return wanted;
        };
        ObjectNode changed =
                parts.registry().update(storedAs(type), path.namespace(), path.name(), change, part, request.dryRun());
        return shown(200, type, changed, request);
    }

    private void keepOwners(ResourceType type, ObjectNode old, ObjectNode wanted, ApiRequest request) {
        Instant now = parts.clock().instant();
        FieldOwnership ownership = new FieldOwnership(type, old, Json.time(now));
        String manager = request.query("fieldManager");
        ownership.update(old, wanted, manager.isEmpty() ? "unknown" : manager);
        ownership.writeTo(wanted);
    }

    private Answer delete(ResourceType type, ResourcePath path, ApiRequest request) {
        ObjectNode result =
                parts.deletions().delete(storedAs(type), path.namespace(), path.name(), DeleteOptions.of(request));
        return Answer.Body.json(200, result);
    }

    private Answer deleteCollection(ResourceType type, ResourcePath path, ApiRequest request) {
        if (type.namespaced() && path.namespace().isEmpty() || type.is("namespaces")) {
            throw ApiException.methodNotAllowed();
        }
        DeleteOptions options = DeleteOptions.of(request);
        Predicate<JsonNode> filter = ListRequests.filter(type, request);
        List<ObjectNode> chosen = parts.store().list(type, path.namespace()).stream()
                .filter(filter)
                .toList();
        for (ObjectNode object : chosen) {
            ObjectKey key = ObjectKey.of(object);
            if (parts.store().get(type, key).isPresent()) {
                parts.deletions().delete(storedAs(type), key.namespace(), key.name(), options);
            }
        }
        return Answer.Body.json(
                200, Representation.of(request).list(type, chosen, parts.store().version()));
    }

    private Answer watch(ResourceType type, ResourcePath path, ApiRequest request) {
        Predicate<JsonNode> filter = ListRequests.filter(type, request);
        if (!path.name().isEmpty()) {
            filter = filter.and(o -> Json.text(o, "metadata", "name").equals(path.name()));
        }
        ListOptions options = ListOptions.of(request, parts.version());
        Watch.Query query = new Watch.Query(
                type, path.namespace(), filter, request.flag("allowWatchBookmarks"), options.initialEvents());
        String from = options.watchFrom();
        Representation representation = Representation.of(request);
        String timeout = request.query("timeoutSeconds");
        long seconds = timeout.matches("[0-9]{1,9}") ? Long.parseLong(timeout) : 0;
        return new Answer.Watching(owner -> {
            WatchRenderer renderer = new WatchRenderer(type, representation);
            Watch watch = parts.watchers().open(query, renderer, from, seconds, owner.sink());
            owner.onGone(watch::abandoned);
        });
    }

    /** Events of either group are stored as those of the core group. */
    static ResourceType storedAs(ResourceType type) {
        return type.is("events") ? ResourceTypes.core("events") : type;
    }

    static Answer shown(int code, ResourceType type, ObjectNode object, ApiRequest request) {
        return Answer.Body.json(code, Representation.of(request).object(type, object));
    }
}
