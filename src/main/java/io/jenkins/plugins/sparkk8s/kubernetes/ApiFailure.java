package io.jenkins.plugins.sparkk8s.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** A failed request to the API server in a few words for a line of ours. */
public final class ApiFailure {
    private static final int LONGEST = 200;

    private ApiFailure() {}

    public static String describe(RuntimeException e) {
        if (e instanceof KubernetesClientException answer && answer.getStatus() != null) {
            return cut("%d %s".formatted(answer.getCode(), answer.getStatus().getMessage()));
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return cut(message == null || message.isBlank() ? root.getClass().getSimpleName() : message);
    }

    public static int code(RuntimeException e) {
        return e instanceof KubernetesClientException answer ? answer.getCode() : 0;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
