package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns of Deployments, ReplicaSets and StatefulSets. */
final class WorkloadColumns {

    private static final Column CONTAINERS = Column.wide("Containers", o -> containers(o, "name"));
    private static final Column IMAGES = Column.wide("Images", o -> containers(o, "image"));
    private static final Column SELECTOR =
            Column.wide("Selector", o -> labels(Json.at(o, "spec", "selector", "matchLabels")));

    private WorkloadColumns() {}

    static List<Column> of(ResourceType type) {
        return switch (type.plural()) {
            case "deployments" ->
                List.of(
                        Columns.NAME,
                        Column.of("Ready", WorkloadColumns::ready),
                        number("Up-to-date", "status", "updatedReplicas"),
                        number("Available", "status", "availableReplicas"),
                        Columns.AGE,
                        CONTAINERS,
                        IMAGES,
                        SELECTOR);
            case "replicasets" ->
                List.of(
                        Columns.NAME,
                        number("Desired", "spec", "replicas"),
                        number("Current", "status", "replicas"),
                        number("Ready", "status", "readyReplicas"),
                        Columns.AGE,
                        CONTAINERS,
                        IMAGES,
                        SELECTOR);
            default ->
                List.of(Columns.NAME, Column.of("Ready", WorkloadColumns::ready), Columns.AGE, CONTAINERS, IMAGES);
        };
    }

    private static Column number(String name, String... path) {
        return Column.of(name, o -> Long.toString(Json.at(o, path).asLong()));
    }

    private static String ready(JsonNode workload) {
        return Json.at(workload, "status", "readyReplicas").asLong() + "/"
                + Json.at(workload, "spec", "replicas").asLong();
    }

    private static String containers(JsonNode workload, String member) {
        return Json.list(workload, "spec", "template", "spec", "containers").stream()
                .map(c -> Json.text(c, member))
                .collect(Collectors.joining(","));
    }

    /** Labels as {@code a=b,c=d}. */
    static String labels(JsonNode labels) {
        return Columns.orNone(Json.strings(labels).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(",")));
    }
}
