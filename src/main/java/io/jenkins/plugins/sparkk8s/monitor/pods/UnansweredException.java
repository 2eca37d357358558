package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Set;

/** The API server did not answer: no connection, no answer in time, or only a proxy in front of it spoke. */
final class UnansweredException extends KubernetesClientException {
    private static final long serialVersionUID = 1;

    private static final Set<Integer> ANSWERS_OF_A_PROXY = Set.of(502, 503, 504);

    UnansweredException(String request, Throwable cause) {
        super("No answer to " + request, cause);
    }

    private UnansweredException(Status status) {
        super(status);
    }

    static KubernetesClientException of(Status status) {
        return ANSWERS_OF_A_PROXY.contains(status.getCode())
                ? new UnansweredException(status)
                : new KubernetesClientException(status);
    }

    /** Whether a failure of the client library itself means the same. */
    static boolean isLike(RuntimeException e) {
        return !(e instanceof KubernetesClientException answer)
                || answer.getCode() <= 0
                || ANSWERS_OF_A_PROXY.contains(answer.getCode());
    }
}
