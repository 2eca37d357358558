package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import io.jenkins.plugins.sparkk8s.jenkins.connection.ClusterAccess;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.ApplicationIndex;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.OpenApplications;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.RetainedDrivers;
import io.jenkins.plugins.sparkk8s.jenkins.queue.ApplicationQueue;
import io.jenkins.plugins.sparkk8s.jenkins.queue.QueueLimits;
import io.jenkins.plugins.sparkk8s.jenkins.submission.SubmissionContext;
import io.jenkins.plugins.sparkk8s.jenkins.threads.KeyedLocks;
import io.jenkins.plugins.sparkk8s.jenkins.threads.LifecycleThreads;
import io.jenkins.plugins.sparkk8s.jenkins.watch.MonitorResources;
import java.time.Clock;

/**
 * What the life cycles of all applications of this controller share: threads, clusters, and the lists of applications. It knows none
 * of them but by {@link ApplicationOwners.Owner}.
 */
public final class LifecycleContext {
    private final LifecycleThreads threads = new LifecycleThreads();
    private final MonitorResources monitors = new MonitorResources(threads);
    private final OpenApplications open = new OpenApplications();
    private final ApplicationIndex index = new ApplicationIndex(open, Clock.systemUTC());
    private final ApplicationOwners owners = new ApplicationOwners();
    private final MonitoringFailures failures = new MonitoringFailures(owners);
    private final Followers followers = new Followers();
    private final KeyedLocks locks = new KeyedLocks();
    private final HistoryAdditions history = new HistoryAdditions(locks);
    private final ApplicationMetrics metrics = new ApplicationMetrics();
    private final ClusterAccess clusters;
    private final ApplicationQueue queue;
    private final RetainedDrivers retained;
    private final SubmissionContext submissions;

    public LifecycleContext(ClusterAccess clusters) {
        this.clusters = clusters;
        this.queue = new ApplicationQueue(() -> QueueLimits.of(clusters.all()), open::queueEntries, Clock.systemUTC());
        this.retained = new RetainedDrivers(clusters, threads, Clock.systemUTC());
        this.submissions = new SubmissionContext(clusters, queue, open, locks, threads);
    }

    public LifecycleThreads threads() {
        return threads;
    }

    /** From now on a failure may come from the shutdown itself, and must not be taken for the application's. */
    public boolean isShuttingDown() {
        return threads.isShuttingDown();
    }

    public ClusterAccess clusters() {
        return clusters;
    }

    /** For watching applications. */
    public MonitorResources monitors() {
        return monitors;
    }

    /** For submitting applications. */
    SubmissionContext submissions() {
        return submissions;
    }

    /** The applications that have not ended, or of which something is left. */
    public OpenApplications open() {
        return open;
    }

    /** In which builds the records of applications are. */
    public ApplicationIndex index() {
        return index;
    }

    /** The driver pods of applications that have ended. */
    public RetainedDrivers retained() {
        return retained;
    }

    public ApplicationOwners owners() {
        return owners;
    }

    /** Of applications that no build waits for. */
    MonitoringFailures failures() {
        return failures;
    }

    /** The steps that wait for applications of other records. */
    public Followers followers() {
        return followers;
    }

    /** Who may run, and who waits. */
    public ApplicationQueue queue() {
        return queue;
    }

    /** What has become of applications. */
    public ApplicationMetrics metrics() {
        return metrics;
    }

    HistoryAdditions history() {
        return history;
    }

    /** Locks by what must not be done twice at once. */
    KeyedLocks locks() {
        return locks;
    }
}
