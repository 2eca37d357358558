package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The columns of each resource, as Kubernetes' printers have them. */
final class Columns {

    static final Column NAME = Column.of("Name", o -> Json.text(o, "metadata", "name"));
    static final Column AGE = Column.of("Age", o -> since(Json.text(o, "metadata", "creationTimestamp")));

    private Columns() {}

    static List<Column> of(ResourceType type) {
        return switch (type.storage()) {
            case "pods" ->
                List.of(
                        NAME,
                        Column.of("Ready", PodCells::ready),
                        Column.of("Status", PodCells::status),
                        Column.of("Restarts", PodCells::restarts),
                        AGE,
                        Column.wide("IP", o -> orNone(Json.text(o, "status", "podIP"))),
                        Column.wide("Node", o -> orNone(Json.text(o, "spec", "nodeName"))),
                        Column.wide("Nominated Node", o -> orNone(Json.text(o, "status", "nominatedNodeName"))),
                        Column.wide("Readiness Gates", o -> "<none>"));
            case "services" ->
                List.of(
                        NAME,
                        Column.of("Type", o -> Json.text(o, "spec", "type")),
                        Column.of("Cluster-IP", o -> orNone(Json.text(o, "spec", "clusterIP"))),
                        Column.of("External-IP", o -> "<none>"),
                        Column.of("Port(s)", Columns::ports),
                        AGE,
                        Column.wide("Selector", o -> WorkloadColumns.labels(Json.at(o, "spec", "selector"))));
            case "configmaps" ->
                List.of(
                        NAME,
                        Column.of(
                                "Data",
                                o -> String.valueOf(o.path("data").size()
                                        + o.path("binaryData").size())),
                        AGE);
            case "secrets" ->
                List.of(
                        NAME,
                        Column.of("Type", o -> Json.text(o, "type")),
                        Column.of("Data", o -> String.valueOf(o.path("data").size())),
                        AGE);
            case "namespaces" -> List.of(NAME, Column.of("Status", o -> Json.text(o, "status", "phase")), AGE);
            case "nodes" -> ClusterColumns.nodes();
            case "storageclasses.storage.k8s.io" -> ClusterColumns.storageClasses();
            case "persistentvolumes" -> ClusterColumns.volumes();
            case "priorityclasses.scheduling.k8s.io" -> ClusterColumns.priorityClasses();
            case "customresourcedefinitions.apiextensions.k8s.io" -> ClusterColumns.definitions();
            case "deployments.apps", "replicasets.apps", "statefulsets.apps" -> WorkloadColumns.of(type);
            case "networkpolicies.networking.k8s.io" ->
                List.of(
                        NAME,
                        Column.of(
                                "Pod-Selector",
                                o -> WorkloadColumns.labels(Json.at(o, "spec", "podSelector", "matchLabels"))),
                        AGE);
            case "serviceaccounts" ->
                List.of(
                        NAME,
                        Column.of(
                                "Secrets", o -> String.valueOf(o.path("secrets").size())),
                        AGE);
            case "persistentvolumeclaims" ->
                List.of(
                        NAME,
                        Column.of("Status", o -> Json.text(o, "status", "phase")),
                        Column.of("Volume", o -> Json.text(o, "spec", "volumeName")),
                        Column.of("Capacity", o -> Json.text(o, "status", "capacity", "storage")),
                        Column.of("Access Modes", Columns::accessModes),
                        Column.of("StorageClass", o -> Json.text(o, "spec", "storageClassName")),
                        AGE);
            case "events" ->
                List.of(
                        Column.of("Last Seen", o -> since(lastSeen(o))),
                        Column.of("Type", o -> Json.text(o, "type")),
                        Column.of("Reason", o -> Json.text(o, "reason")),
                        Column.of("Object", Columns::involved),
                        Column.of("Message", o -> Json.text(o, "message") + Json.text(o, "note")));
            default -> List.of(NAME, AGE);
        };
    }

    static String orNone(String text) {
        return text.isEmpty() ? "<none>" : text;
    }

    private static String ports(JsonNode service) {
        return orNone(Json.list(service, "spec", "ports").stream()
                .map(p -> Json.text(p, "port") + "/" + Json.text(p, "protocol"))
                .collect(Collectors.joining(",")));
    }

    static String accessModes(JsonNode claim) {
        return Json.list(claim, "spec", "accessModes").stream()
                .map(m -> m.asText().replaceAll("[a-z]", ""))
                .collect(Collectors.joining(","));
    }

    private static String involved(JsonNode event) {
        JsonNode object = event.has("regarding") ? event.path("regarding") : event.path("involvedObject");
        return Json.text(object, "kind").toLowerCase(java.util.Locale.ROOT) + "/" + Json.text(object, "name");
    }

    private static String lastSeen(JsonNode event) {
        for (String member : List.of("lastTimestamp", "deprecatedLastTimestamp", "eventTime")) {
            if (!Json.text(event, member).isEmpty()) {
                return Json.text(event, member);
            }
        }
        return Json.text(event, "metadata", "creationTimestamp");
    }

    /** The age in kubectl's short form, such as {@code 3m12s}. */
    static String since(String time) {
        if (time.isEmpty()) {
            return "<unknown>";
        }
        long s =
                Math.max(0, Duration.between(Instant.parse(time), Instant.now()).toSeconds());
        if (s < 120) {
            return s + "s";
        }
        if (s < 600) {
            return s / 60 + "m" + (s % 60 == 0 ? "" : s % 60 + "s");
        }
        if (s < 3 * 3600) {
            return s / 60 + "m";
        }
        if (s < 8 * 3600) {
            return s / 3600 + "h" + (s / 60 % 60 == 0 ? "" : s / 60 % 60 + "m");
        }
        return s < 48 * 3600 ? s / 3600 + "h" : s / 86_400 + "d";
    }
}
