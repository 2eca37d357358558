package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.IntFunction;

/** Fills in what an object leaves open, as a real API server does before it validates and stores. */
final class Defaults {

    /** Gives out addresses of Services; a pure function of a counter so that a state can be rebuilt. */
    private final IntFunction<String> serviceAddress = n -> "10.96." + (n / 250 + 1) + "." + (n % 250 + 1);

    private int services;

    /** The defaults of every write, on the main path. */
    synchronized void apply(ResourceType type, ObjectNode object) {
        switch (type.storage()) {
            case "pods" -> PodDefaults.apply(object);
            case "services" -> service(Json.child(object, "spec"));
            case "secrets" -> secret(object);
            case "persistentvolumeclaims" -> Json.putDefault(Json.child(object, "spec"), "volumeMode", "Filesystem");
            case "persistentvolumes" -> volume(Json.child(object, "spec"));
            case "namespaces" -> namespace(object);
            case "deployments.apps", "replicasets.apps", "statefulsets.apps" -> WorkloadDefaults.apply(type, object);
            case "networkpolicies.networking.k8s.io" -> networkPolicy(Json.child(object, "spec"));
            case "events" -> event(object);
            default -> {
                // The other resources have no default that anything here relies on.
            }
        }
    }

    /** The status of an object that was just created; what the client sent as status does not count. */
    static void initialStatus(ResourceType type, ObjectNode object) {
        if (!type.hasStatus() || type.is("nodes")) {
            return;
        }
        object.remove("status");
        switch (type.storage()) {
            case "pods" ->
                Json.child(object, "status").put("phase", "Pending").put("qosClass", PodDefaults.qosClass(object));
            case "persistentvolumeclaims", "persistentvolumes" ->
                Json.child(object, "status").put("phase", "Pending");
            case "services" -> Json.child(object, "status").putObject("loadBalancer");
            case "namespaces" -> Json.child(object, "status").put("phase", "Active");
            case "customresourcedefinitions.apiextensions.k8s.io" -> established(object);
            default -> object.putObject("status");
        }
    }

    /** A change may leave out what the server had chosen: then the choice stays. */
    static void keepAllocated(ResourceType type, ObjectNode old, ObjectNode updated) {
        if (!type.is("services")) {
            return;
        }
        ObjectNode spec = Json.child(updated, "spec");
        for (String member : new String[] {"clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"}) {
            if (Json.at(spec, member).isMissingNode()
                    || Json.text(spec, "clusterIP").isEmpty()) {
                JsonNode before = old.path("spec").path(member);
                if (!before.isMissingNode()) {
                    spec.set(member, before.deepCopy());
                }
            }
        }
    }

    private void service(ObjectNode spec) {
        Json.putDefault(spec, "type", "ClusterIP");
        Json.putDefault(spec, "sessionAffinity", "None");
        spec.path("ports").forEach(p -> {
            ObjectNode port = (ObjectNode) p;
            Json.putDefault(port, "protocol", "TCP");
            if (Json.at(port, "targetPort").isMissingNode()) {
                port.set("targetPort", port.path("port"));
            }
        });
        if ("ExternalName".equals(Json.text(spec, "type"))) {
            return;
        }
        Json.putDefault(spec, "internalTrafficPolicy", "Cluster");
        Json.putDefault(spec, "ipFamilyPolicy", "SingleStack");
        if (spec.path("ipFamilies").isEmpty()) {
            spec.putArray("ipFamilies").add("IPv4");
        }
        if (Json.text(spec, "clusterIP").isEmpty()) {
            spec.put("clusterIP", serviceAddress.apply(services++));
        }
        if (spec.path("clusterIPs").isEmpty()) {
            spec.putArray("clusterIPs").add(Json.text(spec, "clusterIP"));
        }
    }

    private static void secret(ObjectNode secret) {
        Json.putDefault(secret, "type", "Opaque");
        JsonNode plain = secret.remove("stringData");
        if (plain != null) {
            ObjectNode data = Json.child(secret, "data");
            plain.properties()
                    .forEach(e -> data.put(
                            e.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(e.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static void volume(ObjectNode spec) {
        Json.putDefault(spec, "volumeMode", "Filesystem");
        Json.putDefault(spec, "persistentVolumeReclaimPolicy", "Retain");
    }

    private static void namespace(ObjectNode namespace) {
        ObjectNode metadata = Json.metadata(namespace);
        Json.child(metadata, "labels").put("kubernetes.io/metadata.name", Json.text(metadata, "name"));
        ObjectNode spec = Json.child(namespace, "spec");
        if (!spec.has("finalizers")) {
            spec.putArray("finalizers").add("kubernetes");
        }
    }

    private static void networkPolicy(ObjectNode spec) {
        Json.child(spec, "podSelector");
        if (spec.path("policyTypes").isEmpty()) {
            ArrayNode types = spec.putArray("policyTypes").add("Ingress");
            if (!spec.path("egress").isEmpty()) {
                types.add("Egress");
            }
        }
        for (String direction : new String[] {"ingress", "egress"}) {
            spec.path(direction)
                    .forEach(rule ->
                            rule.path("ports").forEach(port -> Json.putDefault((ObjectNode) port, "protocol", "TCP")));
        }
    }

    private static void established(ObjectNode definition) {
        ObjectNode status = Json.child(definition, "status");
        status.set("acceptedNames", definition.path("spec").path("names"));
        ArrayNode conditions = status.putArray("conditions");
        conditions.addObject().put("type", "NamesAccepted").put("status", "True");
        conditions.addObject().put("type", "Established").put("status", "True");
        status.putArray("storedVersions")
                .addAll(Json.list(definition, "spec", "versions").stream()
                        .map(v -> v.path("name"))
                        .toList());
    }

    private static void event(ObjectNode event) {
        Json.putDefault(event, "reportingComponent", Json.text(event, "source", "component"));
        Json.putDefault(event, "reportingInstance", Json.text(event, "source", "host"));
    }
}
