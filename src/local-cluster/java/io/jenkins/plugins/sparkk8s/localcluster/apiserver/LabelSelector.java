package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The label selector of a list or watch: equality and sets, joined by commas.
 *
 * <p>See <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">Labels and selectors</a>.
 */
final class LabelSelector implements Predicate<JsonNode> {

    private static final String KEY = "[A-Za-z0-9][-A-Za-z0-9_./]*";
    private static final Pattern SET = Pattern.compile("(" + KEY + ")\\s+(in|notin)\\s*\\(([^()]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("(" + KEY + ")\\s*(==|=|!=)\\s*([-A-Za-z0-9_.]*)");
    private static final Pattern MISPLACED = Pattern.compile(KEY + "\\s*(?:==|!=|=)\\s*(==|!=|[=!<>(]).*");

    private static final Pattern EXISTS = Pattern.compile("(!?)\\s*(" + KEY + ")");

    private final List<Predicate<Map<String, String>>> requirements = new ArrayList<>();

    private LabelSelector() {}

    /**
     * Parses the selector of a query.
     *
     * @throws ApiException 400 when it is not well-formed
     */
    static LabelSelector parse(String text) {
        LabelSelector selector = new LabelSelector();
        for (String part : splitOutsideParentheses(text)) {
            if (!part.isBlank()) {
                selector.requirements.add(requirement(part.strip(), text));
            }
        }
        return selector;
    }

    /** The selector of a metav1.LabelSelector object. */
    static LabelSelector of(JsonNode labelSelector) {
        LabelSelector selector = new LabelSelector();
        Json.strings(labelSelector, "matchLabels")
                .forEach((k, v) -> selector.requirements.add(labels -> v.equals(labels.get(k))));
        for (JsonNode expression : Json.list(labelSelector, "matchExpressions")) {
            Set<String> values = Json.list(expression, "values").stream()
                    .map(JsonNode::asText)
                    .collect(Collectors.toSet());
            selector.requirements.add(operator(
                    Json.text(expression, "operator").toLowerCase(java.util.Locale.ROOT),
                    Json.text(expression, "key"),
                    values));
        }
        return selector;
    }

    @Override
    public boolean test(JsonNode object) {
        Map<String, String> labels = Json.strings(object, "metadata", "labels");
        return requirements.stream().allMatch(r -> r.test(labels));
    }

    private static Predicate<Map<String, String>> requirement(String part, String whole) {
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            Set<String> values = Arrays.stream(set.group(3).split(",", -1))
                    .map(String::strip)
                    .collect(Collectors.toSet());
            return operator(set.group(2), set.group(1), values);
        }
        Matcher equality = EQUALITY.matcher(part);
        if (equality.matches()) {
            String operator = equality.group(2).equals("!=") ? "notin" : "in";
            return operator(operator, equality.group(1), Set.of(equality.group(3)));
        }
        Matcher exists = EXISTS.matcher(part);
        if (exists.matches()) {
            return operator(exists.group(1).isEmpty() ? "exists" : "doesnotexist", exists.group(2), Set.of());
        }
        Matcher misplaced = MISPLACED.matcher(part);
        if (misplaced.matches()) {
            throw ApiException.badRequest(
                    "unable to parse requirement: found '" + misplaced.group(1) + "', expected: identifier");
        }
        throw ApiException.badRequest(
                "unable to parse requirement: found '" + part + "' in the label selector \"" + whole + "\"");
    }

    private static Predicate<Map<String, String>> operator(String operator, String key, Set<String> values) {
        return switch (operator) {
            case "in" -> labels -> labels.containsKey(key) && values.contains(labels.get(key));
            case "notin" -> labels -> !labels.containsKey(key) || !values.contains(labels.get(key));
            case "exists" -> labels -> labels.containsKey(key);
            case "doesnotexist" -> labels -> !labels.containsKey(key);
            default -> throw ApiException.badRequest("\"" + operator + "\" is not a valid label selector operator");
        };
    }

    private static List<String> splitOutsideParentheses(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
