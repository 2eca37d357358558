package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers the question "may I?" from the same rules that decide about requests. */
final class AccessReviews {

    private static final Map<String, String> KINDS = Map.of(
            "selfsubjectaccessreviews", "SelfSubjectAccessReview",
            "subjectaccessreviews", "SubjectAccessReview",
            "localsubjectaccessreviews", "LocalSubjectAccessReview",
            "selfsubjectrulesreviews", "SelfSubjectRulesReview",
            "selfsubjectreviews", "SelfSubjectReview");

    private final AccessRules access;
    private final KubernetesVersion version;

    AccessReviews(AccessRules access, KubernetesVersion version) {
        this.access = access;
        this.version = version;
    }

    Answer answer(ResourcePath path, ApiRequest request, User user) {
        if (!request.method().equals("POST") || !path.name().isEmpty()) {
            throw ApiException.methodNotAllowed();
        }
        ObjectNode review = request.object();
        switch (path.resource()) {
            case "selfsubjectaccessreviews" -> decide(review, user);
            case "subjectaccessreviews" -> decide(review, subject(review.path("spec")));
            case "localsubjectaccessreviews" -> {
                String asked = Json.text(review, "spec", "resourceAttributes", "namespace");
                if (!asked.equals(path.namespace())) {
                    throw invalid(
                            "spec.resourceAttributes.namespace", '"' + asked + '"', "must match metadata.namespace");
                }
                decide(review, subject(review.path("spec")));
            }
            case "selfsubjectrulesreviews" -> rules(review, user);
            case "selfsubjectreviews" -> {
                if (!version.selfSubjectReviews()) {
                    throw ApiException.noSuchPath();
                }
                self(review, user);
            }
            default -> throw ApiException.noSuchPath();
        }
        review.put("apiVersion", path.group() + "/v1").put("kind", KINDS.get(path.resource()));
        return Answer.Body.json(201, review);
    }

    private static ApiException invalid(String field, String value, String why) {
        FieldError error = new FieldError("FieldValueInvalid", field, "Invalid value: " + value + ": " + why);
        return ApiException.invalid("authorization.k8s.io", "", "", List.of(error));
    }

    private void decide(ObjectNode review, User user) {
        JsonNode asked = review.path("spec").path("resourceAttributes");
        if (asked.isObject()
                == review.path("spec").path("nonResourceAttributes").isObject()) {
            throw invalid(
                    "spec.resourceAttributes",
                    "null",
                    "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
        boolean allowed;
        if (asked.isObject()) {
            String sub = Json.text(asked, "subresource");
            String resource = Json.text(asked, "resource") + (sub.isEmpty() ? "" : "/" + sub);
            allowed = access.allowed(
                    user, Json.text(asked, "verb"), Json.text(asked, "group"), resource, Json.text(asked, "namespace"));
        } else {
            allowed = user.isAdmin()
                    || Json.text(review, "spec", "nonResourceAttributes", "verb")
                            .equals("get");
        }
        review.putObject("status").put("allowed", allowed);
    }

    private static User subject(JsonNode spec) {
        List<String> groups = new ArrayList<>();
        Json.list(spec, "groups").forEach(g -> groups.add(g.asText()));
        return new User(Json.text(spec, "user"), groups);
    }

    private void rules(ObjectNode review, User user) {
        String namespace = Json.text(review, "spec", "namespace");
        ObjectNode status = review.putObject("status");
        ArrayNode rules = status.putArray("resourceRules");
        status.putArray("nonResourceRules");
        List<AccessRules.Rule> known = access.rulesFor(user.name(), namespace);
        // A list of grants cannot say what is denied; Kubernetes calls it incomplete when an authorizer can deny.
        status.put("incomplete", known.stream().anyMatch(rule -> !rule.allowed()));
        if (user.isAdmin() || user.ownNamespace().equals(namespace)) {
            rule(rules, List.of("*"), List.of("*"), List.of("*"));
        }
        known.stream()
                .filter(AccessRules.Rule::allowed)
                .forEach(r -> rule(rules, r.verbs(), r.apiGroups(), r.resources()));
    }

    private static void rule(ArrayNode rules, List<String> verbs, List<String> groups, List<String> resources) {
        ObjectNode rule = rules.addObject();
        rule.set("verbs", Json.MAPPER.valueToTree(verbs));
        rule.set("apiGroups", Json.MAPPER.valueToTree(groups));
        rule.set("resources", Json.MAPPER.valueToTree(resources));
    }

    private static void self(ObjectNode review, User user) {
        ObjectNode info = review.putObject("status").putObject("userInfo");
        info.put("username", user.name()).set("groups", Json.MAPPER.valueToTree(user.groups()));
    }
}
