package io.jenkins.plugins.sparkk8s.bench.controller;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes pods as JSON of the size of a real executor's, some 4 KB; fast, so that the server is not what is measured. */
final class PodTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");
    private static final String RUNNING = "{\"running\":{\"startedAt\":\"2026-11-27T08:00:04Z\"}}";
    private static final String WAITING = "{\"waiting\":{\"reason\":\"ContainerCreating\"}}";

    /** Texts and names of placeholders in turns, beginning and ending with a text. */
    private final List<String> parts = new ArrayList<>();

    PodTemplate() throws IOException {
        String text = read();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        int from = 0;
        while (placeholder.find()) {
            parts.add(text.substring(from, placeholder.start()));
            parts.add(placeholder.group(1));
            from = placeholder.end();
        }
        parts.add(text.substring(from));
    }

    private static String read() throws IOException {
        try (InputStream in = PodTemplate.class.getResourceAsStream("pod.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\n", "");
        }
    }

    String json(BenchPod pod) {
        StringBuilder json = new StringBuilder(5000);
        for (int i = 0; i < parts.size(); i++) {
            json.append(i % 2 == 0 ? parts.get(i) : value(parts.get(i), pod));
        }
        return json.toString();
    }

    private static String value(String placeholder, BenchPod pod) {
        return switch (placeholder) {
            case "name" -> pod.name();
            case "uid" -> "uid-" + pod.name();
            case "version" -> Long.toString(pod.version());
            case "application" -> BenchPod.applicationId(pod.application());
            case "role" -> pod.role();
            case "executor" -> Long.toString(pod.executorId());
            case "container" -> "spark-kubernetes-" + pod.role();
            case "node" -> pod.node();
            case "phase" -> pod.isRunning() ? "Running" : "Pending";
            case "state" -> pod.isRunning() ? RUNNING : WAITING;
            default -> throw new IllegalStateException("pod.json has an unknown placeholder: " + placeholder);
        };
    }
}
