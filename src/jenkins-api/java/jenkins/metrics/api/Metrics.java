package jenkins.metrics.api;

import com.codahale.metrics.MetricRegistry;
import hudson.Plugin;
import jenkins.model.Jenkins;

public class Metrics extends Plugin {
    private final MetricRegistry registry = new MetricRegistry();

    public static MetricRegistry metricRegistry() {
        return ((Metrics) Jenkins.get().getPlugin("metrics")).registry;
    }
}
