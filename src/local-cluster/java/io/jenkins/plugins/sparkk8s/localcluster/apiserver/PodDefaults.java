package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The defaults of pods (Kubernetes' pkg/apis/core/v1/defaults.go), and the quality-of-service class. */
final class PodDefaults {

    private static final long MODE = 0644;

    private PodDefaults() {}

    /** The defaults of a pod, with those that only a pod has and no template of pods. */
    static void apply(ObjectNode pod) {
        template(pod);
        ObjectNode spec = Json.child(pod, "spec");
        Json.putDefault(spec, "enableServiceLinks", true);
        if (Json.text(spec, "serviceAccountName").isEmpty()) {
            spec.put("serviceAccountName", "default");
        }
        spec.put("serviceAccount", Json.text(spec, "serviceAccountName"));
        Json.putDefault(spec, "preemptionPolicy", "PreemptLowerPriority");
        Json.putDefault(spec, "priority", 0);
    }

    /** The defaults of a template of pods. */
    static void template(ObjectNode template) {
        ObjectNode spec = Json.child(template, "spec");
        Json.putDefault(spec, "restartPolicy", "Always");
        Json.putDefault(spec, "terminationGracePeriodSeconds", 30);
        Json.putDefault(spec, "dnsPolicy", "ClusterFirst");
        Json.putDefault(spec, "schedulerName", "default-scheduler");
        Json.child(spec, "securityContext");
        String account = Json.text(spec, "serviceAccountName");
        account = account.isEmpty() ? Json.text(spec, "serviceAccount") : account;
        if (!account.isEmpty()) {
            spec.put("serviceAccountName", account).put("serviceAccount", account);
        }
        spec.path("volumes").forEach(v -> volume((ObjectNode) v));
        spec.path("initContainers").forEach(c -> container((ObjectNode) c));
        spec.path("containers").forEach(c -> container((ObjectNode) c));
    }

    private static void volume(ObjectNode volume) {
        if (volume.size() == 1 && volume.has("name")) {
            volume.putObject("emptyDir");
        }
        for (String source : List.of("configMap", "secret", "projected", "downwardAPI")) {
            if (volume.get(source) instanceof ObjectNode s) {
                Json.putDefault(s, "defaultMode", MODE);
            }
        }
        if (volume.get("hostPath") instanceof ObjectNode hostPath && !hostPath.has("type")) {
            hostPath.put("type", "");
        }
    }

    private static void container(ObjectNode container) {
        Json.putDefault(container, "imagePullPolicy", pullPolicy(Json.text(container, "image")));
        Json.putDefault(container, "terminationMessagePath", "/dev/termination-log");
        Json.putDefault(container, "terminationMessagePolicy", "File");
        container.path("ports").forEach(p -> Json.putDefault((ObjectNode) p, "protocol", "TCP"));
        container.path("env").forEach(e -> {
            if (e.path("valueFrom").get("fieldRef") instanceof ObjectNode field) {
                Json.putDefault(field, "apiVersion", "v1");
            }
        });
        ObjectNode resources = Json.child(container, "resources");
        Map<String, String> limits = Json.strings(resources, "limits");
        if (!limits.isEmpty()) {
            ObjectNode requests = Json.child(resources, "requests");
            limits.forEach((name, value) -> Json.putDefault(requests, name, value));
        }
    }

    private static String pullPolicy(String image) {
        String last = image.substring(image.lastIndexOf('/') + 1);
        boolean latest = last.endsWith(":latest") || !last.contains(":") && !last.contains("@");
        return latest ? "Always" : "IfNotPresent";
    }

    /** Guaranteed, Burstable or BestEffort, by the requests and limits of all containers. */
    static String qosClass(ObjectNode pod) {
        boolean any = false;
        boolean guaranteed = true;
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : pod.path("spec").path(list)) {
                Map<String, String> requests = Json.strings(container, "resources", "requests");
                Map<String, String> limits = Json.strings(container, "resources", "limits");
                for (String name : Set.of("cpu", "memory")) {
                    any |= requests.containsKey(name) || limits.containsKey(name);
                    guaranteed &= limits.containsKey(name)
                            && limits.get(name).equals(requests.getOrDefault(name, limits.get(name)));
                }
            }
        }
        if (!any) {
            return "BestEffort";
        }
        return guaranteed ? "Guaranteed" : "Burstable";
    }
}
