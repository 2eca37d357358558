package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Objects as the tables that kubectl prints. */
final class Tables {

    private Tables() {}

    /** The table of a list. */
    static ObjectNode of(ResourceType type, List<ObjectNode> objects, long version) {
        ObjectNode table = table(type, objects, true);
        Json.metadata(table).put("resourceVersion", Long.toString(version));
        return table;
    }

    /** The table of one object. */
    static ObjectNode of(ResourceType type, List<ObjectNode> objects, ObjectNode only) {
        ObjectNode table = table(type, objects, true);
        Json.metadata(table).put("resourceVersion", Json.text(only, "metadata", "resourceVersion"));
        return table;
    }

    /** A row of a watch; only the first carries the columns. */
    static ObjectNode watchRow(ResourceType type, ObjectNode object, boolean withColumns) {
        ObjectNode table = table(type, List.of(object), withColumns);
        Json.metadata(table).put("resourceVersion", Json.text(object, "metadata", "resourceVersion"));
        return table;
    }

    private static ObjectNode table(ResourceType type, List<ObjectNode> objects, boolean withColumns) {
        ObjectNode table = Json.object();
        table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1").putObject("metadata");
        ArrayNode definitions = table.putArray("columnDefinitions");
        List<Column> columns = Columns.of(type);
        if (withColumns) {
            columns.forEach(c -> definition(definitions, c));
        }
        ArrayNode rows = table.putArray("rows");
        for (ObjectNode object : objects) {
            ObjectNode row = rows.addObject();
            ArrayNode cells = row.putArray("cells");
            columns.forEach(c -> cells.add(c.cell().apply(object)));
            row.set("object", Representation.metadata(object));
        }
        return table;
    }

    private static void definition(ArrayNode definitions, Column column) {
        definitions
                .addObject()
                .put("name", column.name())
                .put("type", "string")
                .put("format", column.name().equals("Name") ? "name" : "")
                .put("description", column.name())
                .put("priority", column.priority());
    }
}
