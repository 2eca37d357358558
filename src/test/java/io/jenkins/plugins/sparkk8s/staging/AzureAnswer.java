package io.jenkins.plugins.sparkk8s.staging;

import java.util.Map;

/** What {@link AzureServer} answers. */
record AzureAnswer(int status, Map<String, String> headers, String body) {
    static AzureAnswer of(int status) {
        return new AzureAnswer(status, Map.of(), "");
    }

    /** @param error status and code */
    static AzureAnswer error(String error, String message) {
        String[] parts = error.split(" ");
        return new AzureAnswer(
                Integer.parseInt(parts[0]), Map.of("x-ms-error-code", parts[1]), """
                {"error":{"code":"%s","message":"%s"}}""".formatted(parts[1], message));
    }
}
