package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The field selector of a list or watch. Each resource supports only the fields that the Kubernetes API supports for it.
 *
 * <p>See <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/">Field
 * selectors</a>.
 */
final class FieldSelector implements Predicate<JsonNode> {

    private static final Pattern TERM = Pattern.compile("\\s*([A-Za-z.]+)\\s*(==|=|!=)(.*)");
    private static final Set<String> EVERY = Set.of("metadata.name", "metadata.namespace");
    private static final Map<String, Set<String>> BY_STORAGE = Map.of(
            "pods",
            Set.of(
                    "spec.nodeName",
                    "spec.restartPolicy",
                    "spec.schedulerName",
                    "spec.serviceAccountName",
                    "spec.hostNetwork",
                    "status.phase",
                    "status.podIP",
                    "status.nominatedNodeName"),
            "events",
            Set.of(
                    "involvedObject.kind",
                    "involvedObject.namespace",
                    "involvedObject.name",
                    "involvedObject.uid",
                    "involvedObject.apiVersion",
                    "involvedObject.resourceVersion",
                    "involvedObject.fieldPath",
                    "regarding.kind",
                    "regarding.name",
                    "regarding.uid",
                    "reason",
                    "reportingComponent",
                    "source",
                    "type"),
            "secrets",
            Set.of("type"),
            "namespaces",
            Set.of("status.phase"),
            "nodes",
            Set.of("spec.unschedulable"),
            "services",
            Set.of("spec.clusterIP", "spec.type"));

    private final List<Predicate<JsonNode>> terms = new ArrayList<>();

    private FieldSelector() {}

    /**
     * Parses the selector of a query.
     *
     * @throws ApiException 400 when it is not well-formed or names a field this resource cannot be selected by
     */
    static FieldSelector parse(ResourceType type, String text) {
        FieldSelector selector = new FieldSelector();
        for (String part : text.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            Matcher term = TERM.matcher(part);
            if (!term.matches()) {
                throw ApiException.badRequest("invalid selector: '" + text + "'; can't understand '" + part + "'");
            }
            selector.terms.add(term(
                    type,
                    term.group(1),
                    term.group(2).equals("!="),
                    term.group(3).strip()));
        }
        return selector;
    }

    @Override
    public boolean test(JsonNode object) {
        return terms.stream().allMatch(t -> t.test(object));
    }

    private static Predicate<JsonNode> term(ResourceType type, String field, boolean negated, String value) {
        if (!EVERY.contains(field)
                && !BY_STORAGE.getOrDefault(type.storage(), Set.of()).contains(field)) {
            throw ApiException.badRequest("field label not supported: " + field);
        }
        String[] path = path(field);
        String whenAbsent = field.equals("spec.unschedulable") || field.equals("spec.hostNetwork") ? "false" : "";
        return object -> {
            String actual = Json.text(object, path);
            return (actual.isEmpty() ? whenAbsent : actual).equals(value) != negated;
        };
    }

    private static String[] path(String field) {
        return switch (field) {
            case "regarding.kind", "regarding.name", "regarding.uid" ->
                new String[] {"involvedObject", field.substring("regarding.".length())};
            case "source" -> new String[] {"source", "component"};
            default -> field.split("\\.");
        };
    }
}
