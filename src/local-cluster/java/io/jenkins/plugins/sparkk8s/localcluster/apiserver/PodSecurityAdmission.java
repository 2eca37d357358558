package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The admission plugin PodSecurity as far as it refuses: the label {@code pod-security.kubernetes.io/enforce} of a namespace
 * names the level that its new pods must conform to. Wording as in k8s.io/pod-security-admission. The labels {@code warn} and
 * {@code audit} have no effect, and a version of the standard changes the message only.
 */
final class PodSecurityAdmission {
    private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

    private PodSecurityAdmission() {}

    /**
     * @param pod with its defaults
     * @throws ApiException 403 with everything that the level does not admit
     */
    static void check(ResourceType pods, JsonNode namespace, ObjectNode pod) {
        JsonNode labels = namespace.path("metadata").path("labels");
        String level = Json.text(labels, ENFORCE);
        List<String> violations =
                switch (level) {
                    case "", "privileged" -> List.of();
                    case "baseline" -> PodSecurityStandards.baseline(pod);
                    // An unknown level is the strictest one there, too.
                    default -> PodSecurityStandards.restricted(pod);
                };
        if (!violations.isEmpty()) {
            String version = Json.text(labels, ENFORCE + "-version");
            throw ApiException.forbidden(
                    pods,
                    Json.text(pod, "metadata", "name"),
                    "violates PodSecurity \"" + level + ":" + (version.isEmpty() ? "latest" : version) + "\": "
                            + String.join(", ", violations));
        }
    }
}
