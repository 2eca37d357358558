package io.jenkins.plugins.sparkk8s.staging;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What {@link GoogleServer} answers. */
record GoogleAnswer(int status, Map<String, String> headers, byte[] body) {
    static GoogleAnswer json(String text) {
        return json(200, text);
    }

    static GoogleAnswer json(int status, String text) {
        return new GoogleAnswer(
                status,
                Map.of("Content-Type", "application/json; charset=UTF-8"),
                text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param reason Google's word for it */
    static GoogleAnswer error(int status, String reason, String message) {
        return json(status, """
                {"error":{"code":%d,"message":"%s","errors":[{"domain":"global","reason":"%s","message":"%s"}]}}""".formatted(status, message, reason, message));
    }
}
