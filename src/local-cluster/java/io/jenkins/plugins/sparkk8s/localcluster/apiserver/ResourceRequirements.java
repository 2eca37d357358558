package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Requests and limits: the syntax of quantities, and that a request is not above its limit. */
final class ResourceRequirements {

    /** The message for a text that is no quantity. */
    static final String QUANTITIES =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private static final Pattern QUANTITY = Pattern.compile(
            "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?[0-9]+)?");

    private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");

    private ResourceRequirements() {}

    static void check(JsonNode resources, String field, List<FieldError> errors) {
        Map<String, String> limits = Json.strings(resources, "limits");
        Map<String, String> requests = Json.strings(resources, "requests");
        limits.forEach((name, value) -> {
            name(name, field + ".limits[" + name + "]", errors);
            amount(name, value, field + ".limits[" + name + "]", errors);
        });
        requests.forEach((name, value) -> {
            name(name, field + ".requests[" + name + "]", errors);
            amount(name, value, field + ".requests[" + name + "]", errors);
            String limit = limits.get(name);
            if (limit == null && !overcommits(name)) {
                errors.add(
                        FieldError.required(field + ".limits", "Limit must be set for non overcommitable resources"));
            } else if (limit != null && !overcommits(name) && amount(value).compareTo(amount(limit)) != 0) {
                errors.add(FieldError.invalid(
                        field + ".requests", value, "must be equal to " + name + " limit of " + limit));
            } else if (limit != null && amount(value).compareTo(amount(limit)) > 0) {
                errors.add(FieldError.invalid(
                        field + ".requests", value, "must be less than or equal to " + name + " limit of " + limit));
            }
        });
    }

    private static void name(String name, String field, List<FieldError> errors) {
        if (!name.contains("/") && !isStandard(name)) {
            errors.add(FieldError.invalid(field, name, "must be a standard resource type or fully qualified"));
            errors.add(FieldError.invalid(field, name, "must be a standard resource for containers"));
        }
        Names.qualifiedName(name).forEach(e -> errors.add(FieldError.invalid(field, name, e)));
    }

    private static void amount(String name, String value, String field, List<FieldError> errors) {
        BigDecimal amount = amount(value);
        if (amount.signum() < 0) {
            errors.add(FieldError.invalid(field, value, "must be greater than or equal to 0"));
        } else if (!overcommits(name) && amount.stripTrailingZeros().scale() > 0) {
            errors.add(FieldError.invalid(field, value, "must be an integer"));
        }
    }

    private static boolean isStandard(String name) {
        return STANDARD.contains(name) || name.startsWith("hugepages-");
    }

    /** Whether a pod may use more of a resource than it requests; not so for huge pages and for what a vendor adds. */
    private static boolean overcommits(String name) {
        return STANDARD.contains(name) || name.contains("kubernetes.io/") || !name.contains("/") && !isStandard(name);
    }

    static boolean isQuantity(String text) {
        return QUANTITY.matcher(text).matches();
    }

    /**
     * The value of a quantity in its base unit.
     *
     * @throws ApiException 400 when it is not a quantity, as decoding the object would fail in a real server
     */
    static BigDecimal amount(String quantity) {
        if (!isQuantity(quantity)) {
            throw ApiException.badRequest(QUANTITIES + ": \"" + quantity + "\" does not");
        }
        return Quantity.parse(quantity).getNumericalAmount();
    }
}
