package io.jenkins.plugins.sparkk8s.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException.Topic;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns what the API client throws into sentences that say what was refused, why, and what to do.
 *
 * <p>One for each API server; immutable.
 */
public final class ApiErrors {
    /** An admission rule may answer with what a user wrote into an object. */
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** {@code pods is forbidden: User "jane" cannot create resource "pods" in API group "" in the namespace "x"}. */
    private static final Pattern AUTHORIZER =
            Pattern.compile("^[^:]{0,300}: User \"[^\"]{0,300}\" cannot [a-z]{1,40} (resource|path) ");

    private static final String ANONYMOUS = "\"system:anonymous\"";

    private final String apiServer;
    private final Optional<ApiProxy> proxy;

    /** @param apiServer URL, for the sentences */
    public ApiErrors(String apiServer) {
        this(apiServer, Optional.empty());
    }

    private ApiErrors(String apiServer, Optional<ApiProxy> proxy) {
        this.apiServer = apiServer.endsWith("/") ? apiServer.substring(0, apiServer.length() - 1) : apiServer;
        this.proxy = proxy;
    }

    /** For what this client throws; a proxy between it and the API server is named when that is to blame. */
    public static ApiErrors of(KubernetesClient client) {
        return new ApiErrors(client.getMasterUrl().toString(), ApiProxy.of(client.getConfiguration()));
    }

    /**
     * The sentence for one failed call.
     *
     * @param verb as in a Role: create, get, list, watch, patch, delete
     * @param object what the call was about
     */
    public ClusterException translate(KubernetesClientException e, String verb, ObjectReference object) {
        if (e.getCode() <= 0) {
            return new ClusterException(new ConnectionErrors(apiServer, proxy).sentence(verb + " " + object, e), 0, e);
        }
        return new ClusterException(sentence(e, verb, object), e.getCode(), topic(e), e);
    }

    private static Topic topic(KubernetesClientException e) {
        String message = message(e);
        if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
            return Topic.STATUS;
        }
        if (isMissingPermission(message)) {
            return message.contains(ANONYMOUS) ? Topic.CREDENTIALS : Topic.STATUS;
        }
        return AdmissionRefusals.isTemporary(message) ? Topic.TEMPORARY : Topic.STATUS;
    }

    private String sentence(KubernetesClientException e, String verb, ObjectReference object) {
        String call = "The API server %s did not %s %s%s".formatted(apiServer, verb, object, place(object));
        String message = message(e);
        if (e.getCode() >= 400 && AdmissionRefusals.isOfARule(message)) {
            return "%s: %s. %s"
                    .formatted(call, message, AdmissionRefusals.remedy(message).orElseThrow());
        }
        return switch (e.getCode()) {
            case 401 ->
                "%s: it does not accept the credentials (%s). Renew the token or certificate of %s*, or of the kubeconfig."
                        .formatted(call, message, Constants.SUBMISSION_AUTH_PREFIX);
            case 403 -> "%s: %s. %s".formatted(call, message, forbiddenRemedy(e, verb, object));
            case 404 -> notFound(e, call, message, object);
            case 409 ->
                isConflict(e)
                        ? "%s: the object was changed at the same time (%s). Try again.".formatted(call, message)
                        : "%s: %s. Remove the other object or choose another name.".formatted(call, message);
            case 413 -> "%s: the object is too large (%s). Make it smaller.".formatted(call, message);
            case 422 ->
                "%s: the object is not valid: %s. Correct the setting it comes from."
                        .formatted(call, causes(e).orElse(message));
            case 429 ->
                "%s: it is overloaded (%s), also after several attempts. Try again later.".formatted(call, message);
            default ->
                e.getCode() >= 500
                        ? "%s: it failed with status %d (%s), also after several attempts. Try again later, and look at the API server if it persists."
                                .formatted(call, e.getCode(), message)
                        : "%s: it answered status %d (%s). Check the cluster's admission rules and the setting the object comes from."
                                .formatted(call, e.getCode(), message);
        };
    }

    /** A namespace is in none. */
    private static String place(ObjectReference object) {
        return "Namespace".equals(object.kind()) ? "" : " in namespace " + object.namespace();
    }

    private static boolean isConflict(KubernetesClientException e) {
        return e.getStatus() != null && "Conflict".equals(e.getStatus().getReason());
    }

    private static String notFound(KubernetesClientException e, String call, String message, ObjectReference object) {
        Optional<String> kind =
                Optional.ofNullable(e.getStatus()).map(Status::getDetails).map(StatusDetails::getKind);
        boolean namespaceMissing = kind.filter("namespaces"::equals).isPresent() || message.startsWith("namespaces ");
        if (!object.group().isEmpty() && !message.contains("\"")) {
            return "%s: the cluster has no API %s (%s). Have it installed, or leave out what asks for a %s."
                    .formatted(call, object.apiVersion(), message, object.kind());
        }
        return namespaceMissing
                ? "%s: the namespace does not exist. Create it, or correct %s."
                        .formatted(call, KubernetesOptions.NAMESPACE.key())
                : "%s: %s. Check that %s is there and that %s is the right cluster."
                        .formatted(call, message, object, CoreOptions.MASTER.key());
    }

    /** Admission rules answer with the same status; only what the authorizer refuses is cured by a Role. */
    private static String forbiddenRemedy(KubernetesClientException e, String verb, ObjectReference object) {
        String message = message(e);
        if (isMissingPermission(message)) {
            return message.contains(ANONYMOUS) ? noCredentials() : roleRemedy(verb, object);
        }
        return AdmissionRefusals.remedy(message).orElseGet(() -> unknownRefusal(message));
    }

    /** The words of the authorizer, which also quotes the user's name; no admission rule begins so. */
    private static boolean isMissingPermission(String message) {
        return AUTHORIZER.matcher(message).find();
    }

    private static String noCredentials() {
        return "No credentials arrived, since the user is system:anonymous. Set %soauthToken, oauthTokenFile or clientCertFile, or a kubeconfig with a user; a proxy in front of the API server may have removed them."
                .formatted(Constants.SUBMISSION_AUTH_PREFIX);
    }

    private static String roleRemedy(String verb, ObjectReference object) {
        return "Give this user a Role in namespace %s that allows the verb %s on %s; 'kubectl auth can-i %s %s -n %s' must print yes."
                .formatted(
                        object.namespace(),
                        verb,
                        object.qualifiedResource(),
                        verb,
                        object.qualifiedResource(),
                        object.namespace());
    }

    private static String unknownRefusal(String message) {
        return message.contains(" is forbidden: ")
                ? "No permission is missing: an admission rule of the cluster refuses the object. Change the setting that it comes from, or ask the administrators of the cluster."
                : "Check the permissions of this user, and whether a proxy in front of the API server answered.";
    }

    private static String message(KubernetesClientException e) {
        String text = Optional.ofNullable(e.getStatus())
                .map(Status::getMessage)
                .filter(message -> !message.isBlank())
                .orElseGet(() -> String.valueOf(e.getMessage()));
        String line = CONTROL.matcher(text.lines().map(String::strip).collect(Collectors.joining(" ")))
                .replaceAll("");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    private static Optional<String> causes(KubernetesClientException e) {
        List<StatusCause> causes = Optional.ofNullable(e.getStatus())
                .map(Status::getDetails)
                .map(StatusDetails::getCauses)
                .orElse(List.of());
        return Optional.of(causes.stream()
                        .map(cause -> cause.getField() == null
                                ? cause.getMessage()
                                : cause.getField() + ": " + cause.getMessage())
                        .collect(Collectors.joining("; ")))
                .filter(text -> !text.isEmpty());
    }
}
