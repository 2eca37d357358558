package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import io.jenkins.plugins.sparkk8s.jenkins.failure.Failures;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.threads.ApplicationWork;
import io.jenkins.plugins.sparkk8s.jenkins.watch.ApplicationWatch;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What follows a task of an application that failed, and an abort. */
final class ApplicationFailure implements ApplicationWork.Ends {
    private static final Logger LOGGER = Logger.getLogger(ApplicationFailure.class.getName());

    private final OwnedApplication application;
    private final LifecycleContext context;
    private final Runnable release;

    /** @param release the application has no owner any more */
    ApplicationFailure(OwnedApplication application, LifecycleContext context, Runnable release) {
        this.application = application;
        this.context = context;
        this.release = release;
    }

    @Override
    public void failed(Throwable failure) {
        application.detachWatch();
        if (!application.attachment().waits()) {
            release.run();
            context.failures().failed(application.id(), application.mask().get().failure(failure));
            return;
        }
        SparkApplicationException problem =
                Failures.of(failure, application.mask().get());
        application.finish(end -> end.failed(failure, problem.getMessage()));
        if (application.record() != null && application.record().hasDriver()) {
            context.owners().left(application.id());
        }
        release.run();
        application.attachment().failed(problem);
    }

    @Override
    public void aborted(Throwable cause) {
        if (application.record() == null && found()) {
            ApplicationWork.follow(application.abortLane(), () -> aborted(cause));
            return;
        }
        keepAbort(cause);
        ApplicationWatch watching = application.takeWatch();
        if (watching == null) {
            application.finish(end -> end.stop(null));
        } else {
            watching.stop();
            application.finish(end -> end.stop(watching.cluster()));
            watching.cluster().close();
        }
        // Uploads are removed by the agent, which may be slower than an abort can wait for.
        ApplicationWork.follow(application.endLane(), () -> {
            application.finish(ApplicationEnd::aborted);
            release.run();
            application.attachment().failed(cause);
        });
    }

    /** So that the next controller removes the driver when this one dies before the cluster has answered. */
    void keepAbort(Throwable cause) {
        application.finish(end -> end.aborting(cause));
    }

    @Override
    public void abortOverdue() {
        application.finish(end -> end.stop(null));
    }

    /** The build ends before the cluster has answered; what remains to be done needs a build that gives no context any more. */
    void leaveAborted(Attachment waiting, Throwable cause) {
        try {
            ApplicationRecord record = application.record();
            if (application.attachment() == waiting && waiting.waits() && record != null && !record.hasEnded()) {
                if (record.hasDriver() && !record.isLeftOnCluster()) {
                    waiting.log()
                            .line(
                                    "WARNING: the driver pod %s may still run in namespace %s: the API server has not responded yet. Its removal is tried again."
                                            .formatted(
                                                    record.handle().driverPodName(),
                                                    record.handle().namespace()));
                }
                application.leaveBuild(waiting.run());
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The build of application " + application.id() + " has ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        waiting.failed(cause);
    }

    /** After a restart an abort may come before anything else. */
    private boolean found() {
        try {
            return application.find();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not clean up after application " + application.id());
        }
        return false;
    }
}
