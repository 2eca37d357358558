package io.jenkins.plugins.sparkk8s.jenkins.queue;

import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How many applications may run at a time. A cluster that is not configured has no limit: its applications are not to wait, but
 * to fail.
 *
 * @param ofClusters by their names
 */
public record QueueLimits(Map<String, SparkCluster> ofClusters) {

    public static QueueLimits of(List<SparkCluster> clusters) {
        return new QueueLimits(clusters.stream()
                .collect(Collectors.toMap(SparkCluster::getName, Function.identity(), (first, second) -> first)));
    }

    int ofCluster(QueuedUse use) {
        SparkCluster cluster = ofClusters.get(use.cluster());
        return limit(cluster == null ? null : cluster.getMaxApplications());
    }

    int ofJob(QueuedUse use) {
        SparkCluster cluster = ofClusters.get(use.cluster());
        return limit(cluster == null ? null : cluster.getMaxApplicationsPerJob());
    }

    private static int limit(Integer configured) {
        return configured == null ? Integer.MAX_VALUE : configured;
    }
}
