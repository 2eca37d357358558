package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Requests and limits: the syntax of quantities, and that a request is not above its limit. */
final class ResourceRequirements {

    private static final String SYNTAX = "^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$";
    private static final Pattern QUANTITY = Pattern.compile(
            "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?[0-9]+)?");

    private ResourceRequirements() {}

    static void check(JsonNode resources, String field, List<FieldError> errors) {
        Map<String, String> limits = Json.strings(resources, "limits");
        Map<String, String> requests = Json.strings(resources, "requests");
        limits.forEach((name, value) -> notNegative(value, field + ".limits[" + name + "]", errors));
        requests.forEach((name, value) -> {
            notNegative(value, field + ".requests[" + name + "]", errors);
            String limit = limits.get(name);
            if (limit != null && amount(value).compareTo(amount(limit)) > 0) {
                errors.add(FieldError.invalid(
                        field + ".requests", value, "must be less than or equal to " + name + " limit of " + limit));
            }
        });
    }

    private static void notNegative(String value, String field, List<FieldError> errors) {
        if (amount(value).signum() < 0) {
            errors.add(FieldError.invalid(field, value, "must be greater than or equal to 0"));
        }
    }

    /**
     * The value of a quantity in its base unit.
     *
     * @throws ApiException 400 when it is not a quantity, as decoding the object would fail in a real server
     */
    static BigDecimal amount(String quantity) {
        if (!QUANTITY.matcher(quantity).matches()) {
            throw ApiException.badRequest(
                    "quantities must match the regular expression '" + SYNTAX + "': \"" + quantity + "\" does not");
        }
        return Quantity.parse(quantity).getNumericalAmount();
    }
}
