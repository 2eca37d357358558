package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.jenkins.agent.UploadAccess;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ClusterConnections;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.jenkins.queue.ApplicationQueue;
import io.jenkins.plugins.sparkk8s.jenkins.queue.QueueLimits;
import io.jenkins.plugins.sparkk8s.monitor.MonitorScheduler;
import io.jenkins.plugins.sparkk8s.monitor.log.LogRequests;
import io.jenkins.plugins.sparkk8s.monitor.pods.PodWatchHub;
import io.jenkins.plugins.sparkk8s.monitor.progress.UiRequests;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What all applications of this controller share: threads, clusters, and the lists of applications.
 *
 * <p>One object, made by Jenkins with the plugin; everything below is given it. When the controller shuts down every
 * application is detached: it stays as it is on its cluster and is found again by the next controller.
 */
@Extension
public final class SparkRuntime extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(SparkRuntime.class.getName());

    /** An API server answers well within it; an upload may take longer, and is started again by the next controller. */
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

    private final LifecycleThreads threads = new LifecycleThreads();
    private final ScheduledExecutorService monitors = MonitorScheduler.create(
            MonitorScheduler.DEFAULT_THREADS, LifecycleThreads.factory("spark-application-monitor"));
    private final PodWatchHub podWatches = new PodWatchHub(monitors);
    private final LogRequests logRequests = new LogRequests();
    private final UiRequests uiRequests = new UiRequests();
    private final OpenApplications open = new OpenApplications();
    private final ApplicationOwners owners = new ApplicationOwners();
    private final KeyedLocks locks = new KeyedLocks();
    private final UnattendedApplications unattended = new UnattendedApplications(this);
    private final ApplicationQueue queue =
            new ApplicationQueue(() -> QueueLimits.of(clusters().getClusters()), open::queueEntries, Clock.systemUTC());
    private final ApplicationMetrics metrics = new ApplicationMetrics();
    private final InstalledMetrics installedMetrics = new InstalledMetrics();
    private final RetainedDrivers retained = new RetainedDrivers(this, Clock.systemUTC());
    private final ApplicationIndex index = new ApplicationIndex(open, Clock.systemUTC());
    private final Followers followers = new Followers();
    private volatile boolean shuttingDown;

    /** The one of this Jenkins, for what Jenkins itself calls: steps, builders and extensions. */
    public static SparkRuntime get() {
        return ExtensionList.lookupSingleton(SparkRuntime.class);
    }

    LifecycleThreads threads() {
        return threads;
    }

    /** For watching; nothing here may wait. */
    ScheduledExecutorService monitors() {
        return monitors;
    }

    /** One watch for all applications of a cluster's namespace. */
    PodWatchHub podWatches() {
        return podWatches;
    }

    /** Bounds how many drivers of a cluster are asked for their progress at a time. */
    UiRequests uiRequests() {
        return uiRequests;
    }

    /** Bounds how many drivers' logs of a cluster are read at a time. */
    LogRequests logRequests() {
        return logRequests;
    }

    /** The configured clusters. */
    SparkClusters clusters() {
        return SparkClusters.get();
    }

    /** The clients of clusters. */
    ClusterConnections connections() {
        return ClusterConnections.get();
    }

    /**
     * The cluster of an application, as it is configured now.
     *
     * @throws AbortException when it is no longer configured, or the job may no longer use it for an application that
     * is still to be submitted
     */
    SparkCluster configured(ApplicationRecord record, Run<?, ?> run) throws AbortException {
        return record.isStaging()
                ? clusters().resolve(record.cluster(), run.getParent())
                : clusters().submittedTo(record.cluster());
    }

    /** Hides the credential of the upload path of an application's cluster, when there is one; an application does not depend on it. */
    SecretMask uploadMask(ApplicationRecord record) {
        try {
            return UploadAccess.of(clusters().submittedTo(record.cluster()), null)
                    .mask();
        } catch (AbortException e) {
            LOGGER.log(Level.FINE, "The credential of the upload path is not known: {0}", e.getMessage());
            return SecretMask.none();
        }
    }

    /**
     * The same with a connection to it; waits for the credential, and not for the API server.
     *
     * @throws ClusterUnusableException when there is no such cluster, or its credential cannot be used
     */
    ApplicationCluster cluster(ApplicationRecord record, Run<?, ?> run) throws ClusterUnusableException {
        try {
            SparkCluster cluster = configured(record, run);
            return new ApplicationCluster(cluster, connections().open(cluster, run));
        } catch (AbortException e) {
            throw new ClusterUnusableException(e);
        }
    }

    /** The applications that have not ended, or of which something is left. */
    OpenApplications open() {
        return open;
    }

    ApplicationOwners owners() {
        return owners;
    }

    UnattendedApplications unattended() {
        return unattended;
    }

    /** Who may run, and who waits. */
    ApplicationQueue queue() {
        return queue;
    }

    /** What has become of applications. */
    ApplicationMetrics metrics() {
        return metrics;
    }

    /** Shows the figures in the metrics plugin, when that is there; any call but the first does nothing. */
    void startMetrics() {
        installedMetrics.start(this);
    }

    /** An administrator has saved the clusters. */
    void clustersChanged() {
        queue.admit();
        installedMetrics.clustersChanged(this);
    }

    /** The driver pods of applications that have ended. */
    RetainedDrivers retained() {
        return retained;
    }

    /** In which builds the records of applications are. */
    ApplicationIndex index() {
        return index;
    }

    /** The steps that wait for applications of other records. */
    Followers followers() {
        return followers;
    }

    /** Stops an application, whether a build waits for it or not; returns at once. The followers are notified of the end. */
    void kill(RequestedApplication application, Throwable cause) {
        String id = application.record().id();
        owners.lifecycle(id)
                .orElseGet(() -> new ApplicationLifecycle(new NoBuild(application.run()), id, this))
                .abort(cause);
    }

    /** Locks by what must not be done twice at once. */
    KeyedLocks locks() {
        return locks;
    }

    /** The build waits for none of its applications any more. */
    void buildEnded(Run<?, ?> run) {
        followers.each(follower -> follower.buildEnded(run));
        SparkApplicationsAction applications = run.getAction(SparkApplicationsAction.class);
        if (applications != null) {
            applications
                    .applications()
                    .forEach(record -> owners.lifecycle(record.id()).ifPresent(owner -> owner.buildEnded(run)));
        }
    }

    /** A job, or a folder with all its jobs, has another full name. */
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        open.moved(oldFullName, newFullName);
        queue.moved(oldFullName, newFullName);
        index.moved(oldFullName, newFullName);
    }

    /** From now on a failure may come from the shutdown itself, and must not be taken for the application's. */
    public boolean isShuttingDown() {
        return shuttingDown;
    }

    @Override
    public void onBeforeShutdown() {
        shuttingDown = true;
        owners.lifecycles().forEach(ApplicationLifecycle::detach);
        followers.each(Followers.Follower::detach);
        monitors.shutdownNow();
        try {
            // Soon after this the classes of all plugins are gone, and a thread that needs one more dies of it.
            if (!threads.shutdown(SHUTDOWN_TIMEOUT)) {
                LOGGER.fine("The controller is shutting down during a submission.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
