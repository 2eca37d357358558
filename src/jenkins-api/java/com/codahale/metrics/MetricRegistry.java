package com.codahale.metrics;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

public class MetricRegistry {
    private final Map<String, Metric> metrics = new TreeMap<>();

    public static String name(String name, String... names) {
        return name + Arrays.stream(names).map(one -> "." + one).collect(Collectors.joining());
    }

    public <T extends Metric> T register(String name, T metric) throws IllegalArgumentException {
        if (metrics.putIfAbsent(name, metric) != null) {
            throw new IllegalArgumentException("A metric named " + name + " already exists");
        }
        return metric;
    }

    public boolean remove(String name) {
        return metrics.remove(name) != null;
    }

    public Timer timer(String name) {
        return (Timer) metrics.computeIfAbsent(name, unused -> new Timer());
    }

    public Map<String, Metric> getMetrics() {
        return metrics;
    }
}
