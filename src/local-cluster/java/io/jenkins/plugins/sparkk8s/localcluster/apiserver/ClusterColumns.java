package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The columns of what belongs to a whole cluster: nodes, storage classes, volumes, priorities, definitions. */
final class ClusterColumns {

    private ClusterColumns() {}

    static List<Column> nodes() {
        return List.of(
                Columns.NAME,
                Column.of("Status", ClusterColumns::nodeStatus),
                Column.of("Roles", o -> "<none>"),
                Columns.AGE,
                Column.of("Version", o -> Json.text(o, "status", "nodeInfo", "kubeletVersion")),
                Column.wide("Internal-IP", o -> address(o, "InternalIP")),
                Column.wide("External-IP", o -> address(o, "ExternalIP")),
                Column.wide("OS-Image", o -> unknown(o, "osImage")),
                Column.wide("Kernel-Version", o -> unknown(o, "kernelVersion")),
                Column.wide("Container-Runtime", o -> unknown(o, "containerRuntimeVersion")));
    }

    static List<Column> storageClasses() {
        return List.of(
                Column.of("Name", ClusterColumns::className),
                text("Provisioner", "provisioner"),
                text("ReclaimPolicy", "reclaimPolicy"),
                text("VolumeBindingMode", "volumeBindingMode"),
                Column.of(
                        "AllowVolumeExpansion",
                        o -> Boolean.toString(o.path("allowVolumeExpansion").asBoolean())),
                Columns.AGE);
    }

    static List<Column> volumes() {
        return List.of(
                Columns.NAME,
                text("Capacity", "spec", "capacity", "storage"),
                Column.of("Access Modes", Columns::accessModes),
                text("Reclaim Policy", "spec", "persistentVolumeReclaimPolicy"),
                text("Status", "status", "phase"),
                Column.of("Claim", ClusterColumns::claim),
                text("StorageClass", "spec", "storageClassName"),
                Columns.AGE);
    }

    static List<Column> priorityClasses() {
        return List.of(
                Columns.NAME,
                Column.of("Value", o -> Long.toString(o.path("value").asLong())),
                Column.of(
                        "Global-Default",
                        o -> Boolean.toString(o.path("globalDefault").asBoolean())),
                Columns.AGE);
    }

    static List<Column> definitions() {
        return List.of(Columns.NAME, text("Created At", "metadata", "creationTimestamp"));
    }

    private static Column text(String name, String... path) {
        return Column.of(name, o -> Json.text(o, path));
    }

    private static String nodeStatus(JsonNode node) {
        List<String> parts = new ArrayList<>();
        boolean ready = Json.list(node, "status", "conditions").stream()
                .anyMatch(c -> Json.text(c, "type").equals("Ready")
                        && Json.text(c, "status").equals("True"));
        parts.add(ready ? "Ready" : "NotReady");
        if (node.path("spec").path("unschedulable").asBoolean()) {
            parts.add("SchedulingDisabled");
        }
        return String.join(",", parts);
    }

    private static String address(JsonNode node, String type) {
        return Json.list(node, "status", "addresses").stream()
                .filter(a -> Json.text(a, "type").equals(type))
                .map(a -> Json.text(a, "address"))
                .findFirst()
                .orElse("<none>");
    }

    private static String unknown(JsonNode node, String member) {
        String value = Json.text(node, "status", "nodeInfo", member);
        return value.isEmpty() ? "<unknown>" : value;
    }

    private static String className(JsonNode storageClass) {
        boolean byDefault = Json.text(
                        storageClass, "metadata", "annotations", "storageclass.kubernetes.io/is-default-class")
                .equals("true");
        return Json.text(storageClass, "metadata", "name") + (byDefault ? " (default)" : "");
    }

    private static String claim(JsonNode volume) {
        String name = Json.text(volume, "spec", "claimRef", "name");
        return name.isEmpty() ? "" : Json.text(volume, "spec", "claimRef", "namespace") + "/" + name;
    }
}
