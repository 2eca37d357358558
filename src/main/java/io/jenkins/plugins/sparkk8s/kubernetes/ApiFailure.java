package io.jenkins.plugins.sparkk8s.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeoutException;

/** A failed request to the API server in a few words for a line of ours. */
public final class ApiFailure {
    private static final int LONGEST = 200;

    private ApiFailure() {}

    public static String describe(RuntimeException e) {
        if (e instanceof KubernetesClientException answer && answer.getStatus() != null) {
            return cut("%d %s".formatted(answer.getCode(), answer.getStatus().getMessage()));
        }
        Throwable root = e;
        for (Throwable link = e; link != null; link = link.getCause()) {
            // Its own cause is how the request was broken off, such as a closed socket.
            if (link instanceof InterruptedIOException || link instanceof TimeoutException) {
                return "no response in time";
            }
            root = link;
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
