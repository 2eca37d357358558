package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param name the heading
 * @param priority 0 to show always, 1 for wide output only
 * @param cell the text of an object's cell
 */
record Column(String name, int priority, Function<JsonNode, String> cell) {

    static Column of(String name, Function<JsonNode, String> cell) {
        return new Column(name, 0, cell);
    }

    static Column wide(String name, Function<JsonNode, String> cell) {
        return new Column(name, 1, cell);
    }
}
