package io.jenkins.plugins.sparkk8s.bench.controller;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which pods a list asks for, of the selectors that the monitor uses. No pod of the bench is marked as inactive.
 *
 * @param name of one pod; null for all
 * @param applications ids; null for all
 * @param role {@code driver} or {@code executor}; null for both
 */
record PodSelection(String name, Set<String> applications, String role) {
    private static final Pattern LABEL =
            Pattern.compile("(spark-app-selector|spark-role)\\s*(?:==?\\s*([\\w-]+)|in\\s*\\(([^)]*)\\))");
    private static final String NAME = "metadata.name=";

    /** @param fields, labels the selectors as sent; null for none */
    static PodSelection of(String fields, String labels) {
        String name = fields != null && fields.startsWith(NAME) ? fields.substring(NAME.length()) : null;
        Set<String> applications = null;
        String role = null;
        Matcher label = LABEL.matcher(labels == null ? "" : labels);
        while (label.find()) {
            String values = label.group(2) == null ? label.group(3) : label.group(2);
            if (label.group(1).equals("spark-role")) {
                role = values.strip();
            } else {
                applications =
                        Arrays.stream(values.split(",")).map(String::strip).collect(Collectors.toSet());
            }
        }
        return new PodSelection(name, applications, role);
    }

    boolean selects(BenchPod pod) {
        return (name == null || name.equals(pod.name())) && (role == null || role.equals(pod.role()));
    }

    boolean isOneDriver() {
        return name != null;
    }
}
