package io.jenkins.plugins.sparkk8s.jenkins.runtime;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ClusterConnections;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.jenkins.connection.ClusterAccess;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.ApplicationOwners;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.Followers;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.LifecycleContext;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.UnattendedApplications;
import io.jenkins.plugins.sparkk8s.jenkins.log.CheckpointFile;
import io.jenkins.plugins.sparkk8s.jenkins.overview.InstalledMetrics;
import java.time.Duration;
import java.util.logging.Logger;

/**
 * Makes what all applications of this controller share, and passes on what Jenkins reports.
 *
 * <p>One object, made by Jenkins with the plugin; everything below is given what it needs of it. When the controller shuts down every
 * application is detached: it stays as it is on its cluster and is found again by the next controller.
 */
@Extension
public final class SparkRuntime extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(SparkRuntime.class.getName());

    /** An API server answers well within it; an upload may take longer, and is started again by the next controller. */
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

    private final LifecycleContext context =
            new LifecycleContext(new ClusterAccess(SparkClusters::get, ClusterConnections::get));
    private final UnattendedApplications unattended = new UnattendedApplications(context);
    private final InstalledMetrics metrics = new InstalledMetrics(context);

    /** The one of this Jenkins, for what Jenkins itself calls: steps, builders and extensions. */
    public static SparkRuntime get() {
        return ExtensionList.lookupSingleton(SparkRuntime.class);
    }

    /** For the life cycles of applications, and for steps that wait for them. */
    public LifecycleContext context() {
        return context;
    }

    public UnattendedApplications unattended() {
        return unattended;
    }

    /** Shows the figures in the metrics plugin, when that is there; any call but the first does nothing. */
    public void startMetrics() {
        metrics.start();
    }

    /** An administrator has saved the clusters. */
    void clustersChanged() {
        context.queue().admit();
        metrics.clustersChanged();
    }

    /** The build waits for none of its applications any more. */
    void buildEnded(Run<?, ?> run) {
        context.followers().each(follower -> follower.buildEnded(run));
        SparkApplicationsAction applications = run.getAction(SparkApplicationsAction.class);
        if (applications != null) {
            applications.applications().forEach(record -> {
                context.owners().lifecycle(record.id()).ifPresent(owner -> owner.buildEnded(run));
                if (record.awaited() != null) {
                    CheckpointFile.of(run, record).delete();
                }
            });
        }
    }

    /** A job, or a folder with all its jobs, has another full name. */
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        context.open().moved(oldFullName, newFullName);
        context.queue().moved(oldFullName, newFullName);
        context.index().moved(oldFullName, newFullName);
    }

    /** From now on a failure may come from the shutdown itself, and must not be taken for the application's. */
    public boolean isShuttingDown() {
        return context.isShuttingDown();
    }

    @Override
    public void onBeforeShutdown() {
        context.threads().announceShutdown();
        context.owners().lifecycles().forEach(ApplicationOwners.Owner::detach);
        context.followers().each(Followers.Follower::detach);
        context.monitors().shutdown();
        try {
            // Soon after this the classes of all plugins are gone, and a thread that needs one more dies of it.
            if (!context.threads().shutdown(SHUTDOWN_TIMEOUT)) {
                LOGGER.fine("The controller is shutting down during a submission.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
