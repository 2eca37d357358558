package io.jenkins.plugins.sparkk8s.jenkins.inventory;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.jenkins.agent.JobStorage;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ClusterConnection;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.connection.ClusterAccess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Removes the uploads of applications whose builds were discarded while they ran. Such an application is not watched; each
 * search asks whether its driver still runs. Keys of its job's own are not looked up, since that needs the build.
 */
public final class OrphanedUploads {
    private static final Logger LOGGER = Logger.getLogger(OrphanedUploads.class.getName());
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final ClusterAccess clusters;
    private final Duration timeout;
    private final Consumer<String> driverEnded;
    /** Since when a cluster or a file system does not do its part, by the application. */
    private final Map<String, Instant> troubled = new ConcurrentHashMap<>();

    /**
     * @param timeout how long a cluster or a file system that is unreachable is asked again
     * @param driverEnded is given the id of an application whose driver does not run, whether its uploads are left or not; may come
     * more than once
     */
    public OrphanedUploads(ClusterAccess clusters, Duration timeout, Consumer<String> driverEnded) {
        this.clusters = clusters;
        this.timeout = timeout;
        this.driverEnded = driverEnded;
    }

    /** Whether nothing is left to be done for the application; blocks while the cluster is asked. */
    public boolean sweep(String id, OpenApplication application) throws InterruptedException {
        if (application.uploads().directories().isEmpty()) {
            return true;
        }
        String problem = tryToRemove(id, application);
        if (problem == null || problem.isEmpty()) {
            troubled.remove(id);
            return problem == null;
        }
        LOGGER.log(Level.FINE, "The uploads of {0} were not removed: {1}", new Object[] {id, problem});
        Instant since = troubled.computeIfAbsent(id, one -> Instant.now());
        if (since.plus(timeout).isAfter(Instant.now())) {
            return false;
        }
        troubled.remove(id);
        LOGGER.log(
                Level.WARNING,
                "The uploads of an application of the discarded build {0} could not be removed; remove {1} by hand. {2}",
                new Object[] {application.build(), application.uploads().directories(), problem});
        return true;
    }

    /** Null when they are gone, empty while the driver runs, else why they are left. */
    private String tryToRemove(String id, OpenApplication application) throws InterruptedException {
        try {
            Optional<SparkCluster> cluster = clusters.all().stream()
                    .filter(one -> one.getName().equals(application.cluster()))
                    .findFirst();
            if (cluster.isEmpty()) {
                return "The Spark cluster %s no longer exists.".formatted(application.cluster());
            }
            if (runs(application, cluster.get())) {
                return "";
            }
            driverEnded.accept(id);
            List<String> left = application.uploads().remove(cluster.get(), clusters, JobStorage.NONE);
            return left.isEmpty() ? null : String.join(" ", left);
        } catch (IOException | KubernetesClientException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private boolean runs(OpenApplication application, SparkCluster cluster) throws IOException {
        if (application.driverPod() == null) {
            return false;
        }
        try (ClusterConnection connection = clusters.open(cluster, null)) {
            Pod driver = connection
                    .client()
                    .pods()
                    .inNamespace(application.namespace())
                    .withName(application.driverPod())
                    .get();
            return driver != null
                    && (application.driverPodUid() == null
                            || application
                                    .driverPodUid()
                                    .equals(driver.getMetadata().getUid()))
                    && (driver.getStatus() == null
                            || !ENDED.contains(String.valueOf(driver.getStatus().getPhase())));
        }
    }
}
