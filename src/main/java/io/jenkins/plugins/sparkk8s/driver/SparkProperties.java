package io.jenkins.plugins.sparkk8s.driver;

import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The text of {@code spark.properties}, in the format of {@link Properties#store}, sorted by key and without the date,
 * so that the same properties make the same text ({@code KubernetesClientUtils.scala}).
 */
final class SparkProperties {
    private SparkProperties() {}

    static String text(String configMapName, SortedMap<String, String> properties) {
        return "#Java properties built from Kubernetes config map with name: " + configMapName + "\n"
                + properties.entrySet().stream().map(SparkProperties::line).collect(Collectors.joining());
    }

    /** Not by {@link Properties#store} itself, which writes a date first: to name its time zone takes longer than all else here. */
    private static String line(Map.Entry<String, String> property) {
        StringBuilder line = new StringBuilder();
        escape(property.getKey(), true, line);
        line.append('=');
        escape(property.getValue(), false, line);
        return line.append('\n').toString();
    }

    private static void escape(String text, boolean key, StringBuilder line) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case ' ' -> line.append(key || i == 0 ? "\\ " : " ");
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\f' -> line.append("\\f");
                case '\\', '=', ':', '#', '!' -> line.append('\\').append(character);
                default -> line.append(character);
            }
        }
    }
}
