package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalLong;

/**
 * How to delete.
 *
 * @param grace seconds until the object may be removed, empty for the object's own choice
 * @param propagation what becomes of dependents
 * @param preconditions uid and resource version that the object must have; may be empty
 * @param dryRun only pretend
 */
record DeleteOptions(OptionalLong grace, Propagation propagation, JsonNode preconditions, boolean dryRun) {

    /** What becomes of objects that name the deleted one as their owner. */
    enum Propagation {
        BACKGROUND,
        FOREGROUND,
        ORPHAN
    }

    static DeleteOptions background() {
        return new DeleteOptions(OptionalLong.empty(), Propagation.BACKGROUND, Json.object(), false);
    }

    DeleteOptions with(Propagation other) {
        return new DeleteOptions(grace, other, preconditions, dryRun);
    }

    /** A deletion of exactly this object, not of a later one of the same name. */
    DeleteOptions onlyUid(String uid) {
        return new DeleteOptions(grace, propagation, Json.object().put("uid", uid), dryRun);
    }

    /**
     * Reads the options of a request; the body counts more than the query.
     *
     * @throws ApiException 422 for a propagation policy that does not exist
     */
    static DeleteOptions of(ApiRequest request) {
        JsonNode body = request.body().length == 0 ? Json.object() : request.object();
        String grace = Json.text(body, "gracePeriodSeconds");
        if (grace.isEmpty()) {
            grace = request.query("gracePeriodSeconds");
        }
        if (!grace.matches("-?[0-9]{0,18}")) {
            throw ApiException.badRequest("gracePeriodSeconds: \"" + grace + "\" is not a number of seconds");
        }
        String policy = Json.text(body, "propagationPolicy");
        if (policy.isEmpty()) {
            policy = request.query("propagationPolicy");
        }
        if (policy.isEmpty() && body.path("orphanDependents").asBoolean()) {
            policy = "Orphan";
        }
        boolean dryRun = request.dryRun() || Json.list(body, "dryRun").stream().anyMatch(d -> "All".equals(d.asText()));
        return new DeleteOptions(
                grace.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(grace)),
                propagation(policy),
                body.path("preconditions"),
                dryRun);
    }

    private static Propagation propagation(String policy) {
        return switch (policy) {
            case "", "Background" -> Propagation.BACKGROUND;
            case "Foreground" -> Propagation.FOREGROUND;
            case "Orphan" -> Propagation.ORPHAN;
            default ->
                throw ApiException.invalid(
                        "meta.k8s.io",
                        "DeleteOptions",
                        "",
                        List.of(FieldError.notSupported(
                                "propagationPolicy", policy, "\"Foreground\", \"Background\", \"Orphan\"")));
        };
    }
}
