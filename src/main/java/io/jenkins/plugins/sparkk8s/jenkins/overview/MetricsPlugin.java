package io.jenkins.plugins.sparkk8s.jenkins.overview;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ApiErrorCounts;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.ApplicationMetrics;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.LifecycleContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows the figures of this controller in the registry of the metrics plugin. Loaded only where that plugin is. */
final class MetricsPlugin implements ApplicationMetrics.Recorder {
    private static final String PREFIX = "sparkk8s";
    private static final String APPLICATIONS = "applications";
    private static final String CLUSTERS = "clusters";
    private static final String RUNNING = "running";
    private static final String QUEUED = "queued";

    private final MetricRegistry registry;
    private final LifecycleContext context;
    private final Timer duration;
    private final Timer queueing;

    /** Those of the clusters, by their names. Guarded by this. */
    private Map<String, Supplier<Long>> ofClusters = Map.of();

    MetricsPlugin(MetricRegistry registry, LifecycleContext context) {
        this.registry = registry;
        this.context = context;
        this.duration = registry.timer(MetricRegistry.name(PREFIX, APPLICATIONS, "duration"));
        this.queueing = registry.timer(MetricRegistry.name(PREFIX, APPLICATIONS, "queueing"));
        register(MetricRegistry.name(PREFIX, APPLICATIONS, RUNNING), () ->
                (long) context.queue().counts().running());
        register(MetricRegistry.name(PREFIX, APPLICATIONS, QUEUED), () ->
                (long) context.queue().counts().queued());
        for (String outcome : ApplicationMetrics.outcomes()) {
            register(
                    MetricRegistry.name(PREFIX, APPLICATIONS, outcome),
                    () -> context.metrics().count(outcome));
        }
    }

    /** Those of clusters that are gone go, too. */
    synchronized void clusters(List<SparkCluster> clusters) {
        Map<String, Supplier<Long>> wanted = new HashMap<>();
        for (SparkCluster cluster : clusters) {
            // A dot would be one more level.
            String prefix =
                    MetricRegistry.name(PREFIX, CLUSTERS, cluster.getName().replace('.', '_'));
            String name = cluster.getName();
            wanted.put(MetricRegistry.name(prefix, RUNNING), () ->
                    (long) context.queue().counts().running(name));
            wanted.put(MetricRegistry.name(prefix, QUEUED), () ->
                    (long) context.queue().counts().queued(name));
            for (ApiErrorCounts.Kind kind : ApiErrorCounts.Kind.values()) {
                wanted.put(
                        MetricRegistry.name(prefix, "api-errors", kind.text()),
                        () -> context.clusters().errors().of(cluster, kind));
            }
        }
        ofClusters.keySet().forEach(registry::remove);
        wanted.forEach(this::register);
        ofClusters = wanted;
    }

    /** In the place of that of an earlier controller in this process. */
    private void register(String name, Supplier<Long> value) {
        registry.remove(name);
        Gauge<Long> gauge = value::get;
        registry.register(name, gauge);
    }

    @Override
    public void ended(Duration total) {
        duration.update(total.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void queued(Duration time) {
        queueing.update(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
