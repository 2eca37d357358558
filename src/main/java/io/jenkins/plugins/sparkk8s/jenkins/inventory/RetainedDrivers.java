package io.jenkins.plugins.sparkk8s.jenkins.inventory;

import hudson.model.Run;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ClusterConnection;
import io.jenkins.plugins.sparkk8s.jenkins.connection.ClusterAccess;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.threads.LifecycleThreads;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Removes the driver pods of applications that have ended, when the time that {@code spark.kubernetes.submit.retainSucceeded} and
 * {@code retainFailed} give is over; the cluster removes what they own. What is to be removed is kept over restarts, and does
 * not need the build any more.
 */
public final class RetainedDrivers {
    private static final Logger LOGGER = Logger.getLogger(RetainedDrivers.class.getName());
    /** The client's code when the API server did not answer. */
    private static final int NO_ANSWER = 0;

    private static final int NOT_FOUND = 404;

    /** How long after its time a driver pod is tried to be removed. */
    private static final Duration REMOVAL_TIMEOUT = Duration.ofDays(7);

    /** How long the driver's log can be read by other builds that wait for the application, which may be behind. */
    private static final Duration LAST_LINES = Duration.ofSeconds(30);

    private final ClusterAccess clusters;
    private final LifecycleThreads threads;
    private final Clock clock;
    private final EntryFiles<RetainedDriver> drivers = new EntryFiles<>(
            "spark-drivers",
            RetainedDriver.class,
            "%s cannot be read, so that the driver pod that it names is not removed. Remove the pod and the file.");

    /** Clusters whose driver pods are being removed. */
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /** Clusters that have been reported to the administrator. */
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    public RetainedDrivers(ClusterAccess clusters, LifecycleThreads threads, Clock clock) {
        this.clusters = clusters;
        this.threads = threads;
        this.clock = clock;
    }

    /**
     * The application has ended, and its driver pod may still be there. Returns when the end of the pod is on the disk.
     *
     * @param isFollowed whether other builds wait for it
     * @param log one line each
     */
    public void ended(
            Run<?, ?> run, ApplicationRecord record, Outcome outcome, boolean isFollowed, Consumer<String> log)
            throws IOException {
        ConfigOption<Optional<Duration>> option = outcome == Outcome.SUCCEEDED
                ? KubernetesOptions.SUBMIT_RETAIN_SUCCEEDED
                : KubernetesOptions.SUBMIT_RETAIN_FAILED;
        Optional<Duration> retention = SparkConf.of(record.monitorConf()).get(option);
        boolean hasPod = outcome == Outcome.SUCCEEDED || outcome == Outcome.FAILED || outcome == Outcome.LOST;
        if (!hasPod || retention.isEmpty()) {
            return;
        }
        Duration time = retention.get();
        boolean isToBeRead = isFollowed && time.compareTo(LAST_LINES) < 0;
        Instant removeAt = clock.instant().plus(isToBeRead ? LAST_LINES : time);
        RetainedDriver driver =
                new RetainedDriver(run.getExternalizableId(), record.cluster(), record.handle(), removeAt);
        drivers.change(record.id(), earlier -> driver);
        if (time.isZero()) {
            log.accept("[spark] driver pod %s is being removed (%s=0)".formatted(driver.pod(), option));
            threads.later(this::removeDue, isToBeRead ? LAST_LINES : Duration.ZERO);
        } else {
            String given = record.monitorConf()
                    .getOrDefault(option.key(), option.defaultText().orElseThrow());
            log.accept("[spark] driver pod %s is removed after %s (%s)".formatted(driver.pod(), given, option));
        }
    }

    /** Those that are to be removed, the next first. */
    public List<RetainedDriver> all() {
        return drivers.all().values().stream()
                .sorted(Comparator.comparing(RetainedDriver::removeAt))
                .toList();
    }

    /** Removes the driver pods whose time is over; returns at once. */
    public void removeDue() {
        Instant now = clock.instant();
        Map<String, List<Map.Entry<String, RetainedDriver>>> due = drivers.all().entrySet().stream()
                .filter(entry -> !entry.getValue().removeAt().isAfter(now))
                .collect(Collectors.groupingBy(entry -> entry.getValue().cluster()));
        due.forEach((cluster, entries) -> {
            if (busy.add(cluster)) {
                try {
                    threads.cleanUp(cluster, null).execute(() -> remove(cluster, entries));
                } catch (RejectedExecutionException e) {
                    busy.remove(cluster);
                    LOGGER.log(Level.FINE, "The controller is shutting down.", e);
                }
            }
        });
    }

    private void remove(String cluster, List<Map.Entry<String, RetainedDriver>> due) {
        try (ClusterConnection connection = clusters.open(clusters.submittedTo(cluster), null)) {
            KubernetesClientException refusal = null;
            for (Map.Entry<String, RetainedDriver> entry : due) {
                try {
                    remove(connection.client(), entry.getValue());
                    drivers.change(entry.getKey(), earlier -> null);
                } catch (KubernetesClientException e) {
                    if (e.getCode() == NO_ANSWER) {
                        throw e;
                    }
                    // It may be of one namespace only.
                    refusal = e;
                }
            }
            if (refusal != null) {
                throw refusal;
            }
            warned.remove(cluster);
        } catch (IOException | KubernetesClientException e) {
            failed(cluster, due, e);
        } finally {
            busy.remove(cluster);
        }
    }

    /** A pod of that name may be another application's by now. */
    private static void remove(KubernetesClient client, RetainedDriver driver) {
        Pod pod = client.pods()
                .inNamespace(driver.namespace())
                .withName(driver.pod())
                .get();
        if (pod == null
                || driver.uid() == null
                || !driver.uid().equals(pod.getMetadata().getUid())) {
            return;
        }
        try {
            client.pods()
                    .resource(pod)
                    .lockResourceVersion(pod.getMetadata().getResourceVersion())
                    .delete();
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND) {
                throw e;
            }
        }
    }

    private void failed(String cluster, List<Map.Entry<String, RetainedDriver>> due, Exception failure) {
        Level level = warned.add(cluster) ? Level.WARNING : Level.FINE;
        LOGGER.log(
                level,
                "Driver pods of the Spark cluster {0} whose time is over cannot be removed; retrying every minute: {1}",
                new Object[] {cluster, failure.getMessage()});
        Instant hopeless = clock.instant().minus(REMOVAL_TIMEOUT);
        Map<String, RetainedDriver> left = drivers.all();
        due.stream()
                .filter(entry -> left.containsKey(entry.getKey()))
                .filter(entry -> entry.getValue().removeAt().isBefore(hopeless))
                .forEach(entry -> {
                    try {
                        drivers.change(entry.getKey(), earlier -> null);
                        LOGGER.log(
                                Level.WARNING,
                                "The {0} could not be removed for a week; remove it by hand.",
                                entry.getValue());
                    } catch (IOException e) {
                        LOGGER.log(Level.WARNING, e, () -> "The " + entry.getValue() + " is tried again");
                    }
                });
    }
}
