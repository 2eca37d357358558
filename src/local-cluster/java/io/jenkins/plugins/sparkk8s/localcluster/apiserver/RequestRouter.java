package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** From a request to its answer: who asks, what for, may they, and then the part of the server that does it. */
final class RequestRouter {

    private final ApiServerParts parts;
    private final ResourceRequests resources;
    private final SubresourceRequests subresources;
    private final AccessReviews reviews;
    private final Discovery discovery;

    RequestRouter(ApiServerParts parts) {
        this.parts = parts;
        this.resources = new ResourceRequests(parts);
        this.subresources = new SubresourceRequests(parts);
        this.reviews = new AccessReviews(parts.access(), parts.version());
        this.discovery = new Discovery(parts.resources(), parts.version());
    }

    /**
     * Who sent the request.
     *
     * @throws ApiException 401 for a token that is not known
     */
    User user(ApiRequest request) {
        String authorization = request.authorization();
        if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return User.anonymous();
        }
        return parts.tokens().user(authorization.substring(7).strip()).orElseThrow(ApiException::unauthorized);
    }

    /**
     * Answers a request.
     *
     * @throws ApiException whatever is to be refused
     */
    Answer answer(ApiRequest request, User user) {
        if (request.body().length > ApiRequest.BODY_MAX) {
            throw new ApiException(
                    413, "RequestEntityTooLarge", "Request entity too large: limit is " + ApiRequest.BODY_MAX);
        }
        Optional<Answer> published = discovery.open(request.path());
        if (published.isPresent()) {
            return published.get();
        }
        Optional<ResourcePath> target = ResourcePath.parse(request.path());
        if (target.isEmpty()) {
            return discovery(request, user);
        }
        authorize(user, target.get(), request);
        return dispatch(target.get(), request, user);
    }

    private Answer discovery(ApiRequest request, User user) {
        if (user.equals(User.anonymous())) {
            throw new ApiException(
                    403,
                    "Forbidden",
                    "forbidden: User \"" + user.name() + "\" cannot "
                            + request.method().toLowerCase(java.util.Locale.ROOT) + " path \"" + request.path() + "\"");
        }
        return discovery.document(request.path()).orElseGet(() -> Answer.Body.text(404, "404 page not found\n"));
    }

    private void authorize(User user, ResourcePath path, ApiRequest request) {
        String verb = path.verb(request);
        // Access to a namespace object itself is decided in that namespace, as Kubernetes does.
        String namespace =
                path.resource().equals("namespaces") && path.group().isEmpty() ? path.name() : path.namespace();
        boolean write = !List.of("get", "list", "watch").contains(verb);
        String where = path.resource().equals("namespaces") && write ? "" : namespace;
        if (parts.access().allowed(user, verb, path.group(), path.ruleName(), where)
                || !write
                        && path.resource().equals("namespaces")
                        && parts.access().allowed(user, verb, path.group(), path.ruleName(), "")) {
            return;
        }
        throw forbidden(user, verb, path);
    }

    /** The refusal of a request in the words of the authorizer. */
    static ApiException forbidden(User user, ApiRequest request) {
        return ResourcePath.parse(request.path())
                .map(path -> forbidden(user, path.verb(request), path))
                .orElseGet(() -> new ApiException(403, "Forbidden", FaultStatus.message(403)));
    }

    private static ApiException forbidden(User user, String verb, ResourcePath path) {
        String qualified = path.group().isEmpty() ? path.resource() : path.resource() + "." + path.group();
        String object = path.name().isEmpty() ? qualified : qualified + " \"" + path.name() + "\"";
        String where =
                path.namespace().isEmpty() ? "at the cluster scope" : "in the namespace \"" + path.namespace() + "\"";
        ApiException refused = new ApiException(
                403,
                "Forbidden",
                object + " is forbidden: User \"" + user.name() + "\" cannot " + verb + " resource \"" + path.ruleName()
                        + "\" in API group \"" + path.group() + "\" " + where);
        ObjectNode details = Json.child(refused.status(), "details");
        if (!path.name().isEmpty()) {
            details.put("name", path.name());
        }
        if (!path.group().isEmpty()) {
            details.put("group", path.group());
        }
        details.put("kind", path.resource());
        return refused;
    }

    private Answer dispatch(ResourcePath path, ApiRequest request, User user) {
        if (path.group().startsWith("authorization.") || path.group().startsWith("authentication.")) {
            return reviews.answer(path, request, user);
        }
        if (path.group().isEmpty() && path.resource().equals("bindings")) {
            return subresources.bind(path, request);
        }
        if (!parts.resources().versions(path.group()).contains(path.version())) {
            return Answer.Body.text(404, "404 page not found\n");
        }
        ResourceType type = parts.resources()
                .find(path.group(), path.version(), path.resource())
                .orElseThrow(ApiException::noSuchPath);
        if (type.namespaced() == path.namespace().isEmpty() && !(path.name().isEmpty() && type.namespaced())) {
            throw ApiException.noSuchPath();
        }
        if (path.subresource().isEmpty()) {
            return resources.answer(type, path, request);
        }
        return subresources.answer(type, path, request);
    }
}
