package io.jenkins.plugins.sparkk8s.driver;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
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

    private static String line(Map.Entry<String, String> property) {
        Properties one = new Properties();
        one.setProperty(property.getKey(), property.getValue());
        StringWriter text = new StringWriter();
        try {
            one.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return text.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
