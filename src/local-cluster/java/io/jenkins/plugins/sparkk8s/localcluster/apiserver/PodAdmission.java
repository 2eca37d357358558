package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What the admission plugins of a default API server add to a pod: tolerations of a node that fails for a short time
 * (DefaultTolerationSeconds), and the volume with the token of the service account (ServiceAccount).
 */
final class PodAdmission {

    private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String TOKEN_VOLUME = "kube-api-access-";
    private static final int TOKEN_SECONDS = 3607;
    private static final int TOLERATED_SECONDS = 300;
    private static final int MODE = 0644;
    private static final List<String> NODE_FAILURES =
            List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

    private PodAdmission() {}

    /**
     * Adds what is missing.
     *
     * @param account the pod's service account
     * @param suffix ends the name of the volume
     */
    static void complete(ObjectNode pod, JsonNode account, String suffix) {
        ObjectNode spec = Json.child(pod, "spec");
        NODE_FAILURES.forEach(key -> tolerate(spec, key));
        boolean mount = spec.has("automountServiceAccountToken")
                ? spec.path("automountServiceAccountToken").asBoolean()
                : account.path("automountServiceAccountToken").asBoolean(true);
        if (mount) {
            token(spec, TOKEN_VOLUME + suffix);
        }
    }

    private static void tolerate(ObjectNode spec, String key) {
        boolean tolerated = Json.list(spec, "tolerations").stream()
                .anyMatch(t -> List.of("", key).contains(Json.text(t, "key"))
                        && List.of("", "NoExecute").contains(Json.text(t, "effect")));
        if (!tolerated) {
            array(spec, "tolerations")
                    .addObject()
                    .put("key", key)
                    .put("operator", "Exists")
                    .put("effect", "NoExecute")
                    .put("tolerationSeconds", TOLERATED_SECONDS);
        }
    }

    private static void token(ObjectNode spec, String volume) {
        boolean mounted = false;
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : spec.path(list)) {
                boolean own = Json.list(container, "volumeMounts").stream()
                        .anyMatch(m -> Json.text(m, "mountPath").equals(TOKEN_PATH));
                if (!own) {
                    mounted = true;
                    array((ObjectNode) container, "volumeMounts")
                            .addObject()
                            .put("name", volume)
                            .put("readOnly", true)
                            .put("mountPath", TOKEN_PATH);
                }
            }
        }
        if (mounted) {
            projected(array(spec, "volumes").addObject().put("name", volume).putObject("projected"));
        }
    }

    private static void projected(ObjectNode projected) {
        ArrayNode sources = projected.put("defaultMode", MODE).putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", TOKEN_SECONDS)
                .put("path", "token");
        sources.addObject()
                .putObject("configMap")
                .put("name", "kube-root-ca.crt")
                .putArray("items")
                .addObject()
                .put("key", "ca.crt")
                .put("path", "ca.crt");
        sources.addObject()
                .putObject("downwardAPI")
                .putArray("items")
                .addObject()
                .put("path", "namespace")
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", "metadata.namespace");
    }

    private static ArrayNode array(ObjectNode parent, String name) {
        return parent.get(name) instanceof ArrayNode existing ? existing : parent.putArray(name);
    }
}
