package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** What the API server checks of where a pod wants to run: node selector and tolerations. */
final class SchedulingValidation {

    private static final Set<String> EFFECTS = Set.of("", "NoSchedule", "PreferNoSchedule", "NoExecute");

    private SchedulingValidation() {}

    static void check(JsonNode spec, List<FieldError> errors) {
        Json.strings(spec, "nodeSelector").forEach((key, value) -> {
            Names.qualifiedName(key).forEach(e -> errors.add(FieldError.invalid("spec.nodeSelector", key, e)));
            Names.labelValue(value).forEach(e -> errors.add(FieldError.invalid("spec.nodeSelector", value, e)));
        });
        int i = 0;
        for (JsonNode toleration : Json.list(spec, "tolerations")) {
            toleration(toleration, "spec.tolerations[" + i++ + "]", errors);
        }
    }

    private static void toleration(JsonNode toleration, String field, List<FieldError> errors) {
        String key = Json.text(toleration, "key");
        String operator = Json.text(toleration, "operator");
        String value = Json.text(toleration, "value");
        String effect = Json.text(toleration, "effect");
        if (!key.isEmpty()) {
            Names.qualifiedName(key).forEach(e -> errors.add(FieldError.invalid(field + ".key", key, e)));
        } else if (!operator.equals("Exists")) {
            errors.add(FieldError.invalid(
                    field + ".operator",
                    operator,
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\""));
        }
        if (toleration.has("tolerationSeconds") && !effect.equals("NoExecute")) {
            errors.add(FieldError.invalid(
                    field + ".effect", effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
        }
        switch (operator) {
            case "", "Equal" ->
                Names.labelValue(value).forEach(e -> errors.add(FieldError.invalid(field + ".operator", value, e)));
            case "Exists" -> {
                if (!value.isEmpty()) {
                    errors.add(FieldError.invalid(
                            field + ".operator", value, "value must be empty when `operator` is 'Exists'"));
                }
            }
            default -> errors.add(FieldError.notSupported(field + ".operator", operator, "\"Equal\", \"Exists\""));
        }
        if (!EFFECTS.contains(effect)) {
            errors.add(FieldError.notSupported(
                    field + ".effect", effect, "\"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\""));
        }
    }
}
