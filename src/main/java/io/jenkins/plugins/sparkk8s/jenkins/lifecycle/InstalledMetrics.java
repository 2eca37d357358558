package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import jenkins.metrics.api.Metrics;
import jenkins.model.Jenkins;

/** The metrics plugin, where it is installed and enabled. */
final class InstalledMetrics {
    private static final String NAME = "metrics";

    /** Null when the plugin is not there. */
    private Registered registered;

    /** Shows the figures of the controller from now on; to be called when all plugins have started. */
    synchronized void start(SparkRuntime runtime) {
        if (registered == null && Jenkins.get().getPlugin(NAME) != null) {
            registered = new Registered(runtime);
            clustersChanged(runtime);
        }
    }

    synchronized void clustersChanged(SparkRuntime runtime) {
        if (registered != null) {
            registered.metrics.clusters(runtime.clusters().getClusters());
        }
    }

    /** Apart, so that no class of the plugin is asked for where it is not. */
    private static final class Registered {
        private final MetricsPlugin metrics;

        Registered(SparkRuntime runtime) {
            metrics = new MetricsPlugin(Metrics.metricRegistry(), runtime);
            runtime.metrics().add(metrics);
        }
    }
}
