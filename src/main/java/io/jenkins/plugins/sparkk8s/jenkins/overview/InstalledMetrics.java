package io.jenkins.plugins.sparkk8s.jenkins.overview;

import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.LifecycleContext;
import jenkins.metrics.api.Metrics;
import jenkins.model.Jenkins;

/** The metrics plugin, where it is installed and enabled. */
public final class InstalledMetrics {
    private static final String NAME = "metrics";

    private final LifecycleContext context;

    /** Null when the plugin is not there. */
    private Registered registered;

    public InstalledMetrics(LifecycleContext context) {
        this.context = context;
    }

    /** Shows the figures of the controller from now on; to be called when all plugins have started. */
    public synchronized void start() {
        if (registered == null && Jenkins.get().getPlugin(NAME) != null) {
            registered = new Registered(context);
            clustersChanged();
        }
    }

    public synchronized void clustersChanged() {
        if (registered != null) {
            registered.metrics.clusters(context.clusters().all());
        }
    }

    /** Apart, so that no class of the plugin is asked for where it is not. */
    private static final class Registered {
        private final MetricsPlugin metrics;

        Registered(LifecycleContext context) {
            metrics = new MetricsPlugin(Metrics.metricRegistry(), context);
            context.metrics().add(metrics);
        }
    }
}
