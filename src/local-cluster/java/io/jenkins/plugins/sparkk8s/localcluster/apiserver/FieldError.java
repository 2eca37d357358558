package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One thing wrong with one field, in the words of k8s.io/apimachinery's field package.
 *
 * @param reason the machine-readable cause, such as {@code FieldValueInvalid}
 * @param field the path, such as {@code spec.containers[0].image}
 * @param detail what is wrong, beginning with the kind of error
 */
record FieldError(String reason, String field, String detail) {

    static FieldError required(String field, String why) {
        return new FieldError("FieldValueRequired", field, why.isEmpty() ? "Required value" : "Required value: " + why);
    }

    static FieldError invalid(String field, Object value, String why) {
        String shown = value instanceof Number || value instanceof JsonNode
                ? value.toString()
                : '"' + String.valueOf(value) + '"';
        return new FieldError("FieldValueInvalid", field, "Invalid value: " + shown + ": " + why);
    }

    static FieldError duplicate(String field, Object value) {
        return new FieldError("FieldValueDuplicate", field, "Duplicate value: \"" + value + '"');
    }

    static FieldError notFound(String field, String value) {
        return new FieldError("FieldValueNotFound", field, "Not found: \"" + value + '"');
    }

    static FieldError notSupported(String field, String value, String supported) {
        return new FieldError(
                "FieldValueNotSupported",
                field,
                "Unsupported value: \"" + value + "\": supported values: " + supported);
    }

    static FieldError tooLong(String field, int max) {
        return new FieldError("FieldValueTooLong", field, "Too long: may not be more than " + max + " bytes");
    }

    static FieldError forbidden(String field, String why) {
        return new FieldError("FieldValueForbidden", field, "Forbidden: " + why);
    }

    @Override
    public String toString() {
        return field + ": " + detail;
    }
}
