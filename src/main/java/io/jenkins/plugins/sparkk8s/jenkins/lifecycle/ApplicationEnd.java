package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.conf.ActionableException;
import io.jenkins.plugins.sparkk8s.jenkins.agent.UploadFailedException;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.connection.ApplicationCluster;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.jenkins.history.HistoryEntry;
import io.jenkins.plugins.sparkk8s.jenkins.history.JobHistory;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.Uploads;
import io.jenkins.plugins.sparkk8s.jenkins.log.CheckpointFile;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.submission.ApplicationSecrets;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import io.jenkins.plugins.sparkk8s.monitor.SummaryTable;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.submission.InterruptedSubmission;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is done when an application is over, however it ended: nothing of it is left on the cluster or under the upload path,
 * and its record has the result. The result is saved before uploads are removed, which may take long.
 */
final class ApplicationEnd {
    private static final Logger LOGGER = Logger.getLogger(ApplicationEnd.class.getName());

    /** How long an application that has ended is tried to be cleaned up. */
    static final Duration CLEAN_UP_TIME = Duration.ofDays(1);

    private final ApplicationRecord record;
    private final Run<?, ?> run;
    private final Consumer<String> log;
    private final LifecycleContext context;

    /** @param log one line each; the build's, or nothing when there is no build any more */
    ApplicationEnd(ApplicationRecord record, Run<?, ?> run, Consumer<String> log, LifecycleContext context) {
        this.record = record;
        this.run = run;
        this.log = line -> log.accept(record.mask().mask(line));
        this.context = context;
    }

    /** The driver has ended, or never started. */
    void ended(ApplicationSummary summary, ApplicationCluster cluster) throws IOException, InterruptedException {
        if (summary.result().outcome() == Outcome.NEVER_STARTED) {
            removeFrom(cluster);
        }
        SummaryTable.lines(summary).forEach(log);
        boolean isFollowed = context.followers().follow(record.id());
        context.retained().ended(run, record, summary.result().outcome(), isFollowed, log);
        record.ended(summary, Instant.now());
        close();
    }

    /**
     * It failed before there was a driver to wait for; or there is one that cannot be waited for now, whose result and uploads
     * are left to {@link UnattendedApplications}.
     *
     * @param failure null when it is not known
     */
    void failed(Throwable failure, String reason) throws IOException, InterruptedException {
        if (record.hasDriver()) {
            log.accept(
                    "WARNING: the driver pod %s may keep running in namespace %s after this build. Jenkins checks every minute whether it has finished."
                            .formatted(
                                    record.handle().driverPodName(),
                                    record.handle().namespace()));
            return;
        }
        if (failure instanceof UploadFailedException upload) {
            record.uploadFailed(upload.left());
        }
        if (record.isBeingCreated()) {
            removeFromCluster();
            retryLater();
        }
        record.ended("NOT_SUBMITTED", reason, Instant.now());
        close();
    }

    /**
     * The build was aborted, its time was over, or another build stopped it: from now on each controller removes what is left, see
     * {@link #stop}.
     */
    void aborting(Throwable cause) throws IOException, InterruptedException {
        if (!record.isAborting()) {
            record.aborting(cause instanceof SparkApplicationException known ? known.getMessage() : null);
            SparkApplicationsAction.of(run).save(record);
        }
    }

    /**
     * The build was aborted, or its time was over: removes the driver pod and all that it owns.
     *
     * @param inUse the cluster that it was watched on, which may not be configured any more; null when it was not watched
     */
    void stop(ApplicationCluster inUse) {
        if (inUse != null) {
            removeFrom(inUse);
        } else if (record.handle() != null) {
            removeFromCluster();
        }
        if (record.isBeingCreated()) {
            retryLater();
        }
    }

    /** After {@link #stop}. */
    void aborted() throws IOException, InterruptedException {
        log.accept("[spark] aborted");
        record.ended("ABORTED", record.abortReason(), Instant.now());
        close();
    }

    /** A request whose answer is not waited for any more may still be under way, and make its object after all others were removed. */
    private void retryLater() {
        record.leftOnCluster(true);
    }

    /** Tries once more to remove what was left of an application that has ended; after a day it is logged and forgotten. */
    void sweep() throws IOException, InterruptedException {
        if (record.isDone()) {
            keep();
            forget();
        } else if (record.endTime().plus(CLEAN_UP_TIME).isBefore(Instant.now())) {
            LOGGER.log(
                    Level.WARNING,
                    "The objects of application {0} of {1} could not be removed for a day; look for objects with the"
                            + " label {2}={0} on the cluster {3}.",
                    new Object[] {
                        record.identity().applicationId(), run, Constants.OWN_APPLICATION_LABEL, record.cluster()
                    });
            forget();
        } else {
            if (record.isLeftOnCluster()) {
                removeFromCluster();
            }
            removeUploads();
            if (record.isDone()) {
                keep();
                forget();
            }
        }
    }

    /** What is left is removed later, by {@link UnattendedApplications}. */
    private void close() throws IOException, InterruptedException {
        context.open().keepUploads(run, record);
        keep();
        context.metrics().ended(SparkApplicationRun.of(record));
        CheckpointFile.of(run, record).delete();
        if (!record.uploadsToRemove().isEmpty()) {
            removeUploads();
            SparkApplicationsAction.of(run).save(record);
        }
        if (record.isDone()) {
            forget();
        }
    }

    /** Writes the result wherever it is looked for; repeated when an abort or a full disk came in between. */
    private void keep() throws IOException, InterruptedException {
        keepInHistory();
        SparkApplicationsAction.of(run).save(record);
        context.queue().leave(record.id());
        context.index().ended(run, record);
        context.followers().changed(record.id());
    }

    /** Before the end is saved: what a crash keeps from being added is added again, and only once. It holds nothing up. */
    private void keepInHistory() throws InterruptedException {
        JobHistory history = JobHistory.of(run.getParent());
        HistoryEntry entry = new HistoryEntry(run.getNumber(), SparkApplicationRun.of(record));
        try {
            context.history().add(history, entry);
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "Application " + entry.getApplicationId() + " of " + run
                            + " is missing in its job's history");
        }
    }

    private void forget() throws IOException {
        context.queue().leave(record.id());
        context.open().remove(record.id());
        context.owners().forget(record.id());
        context.failures().resumed(record.id());
    }

    private void removeFromCluster() {
        try (ApplicationCluster cluster = context.clusters().open(record, run)) {
            removeFrom(cluster);
        } catch (AbortException e) {
            leftBehind(e.getMessage());
        }
    }

    private void removeFrom(ApplicationCluster cluster) {
        try {
            List<ObjectReference> removed =
                    new InterruptedSubmission(cluster.client(), record.handle(), record.dependants()).remove();
            record.leftOnCluster(false);
            if (!removed.isEmpty()) {
                log.accept("[spark] removed driver pod %s and the objects that it owns"
                        .formatted(record.handle().driverPodName()));
            }
        } catch (ActionableException e) {
            leftBehind(e.getMessage());
        }
    }

    private void leftBehind(String why) {
        record.leftOnCluster(true);
        log.accept(
                "WARNING: the driver pod %s may still run in namespace %s: %s Jenkins retries its removal every minute."
                        .formatted(
                                record.handle().driverPodName(), record.handle().namespace(), why));
    }

    private void removeUploads() throws InterruptedException {
        Uploads uploads = new Uploads(record.uploadsToRemove(), record.uploadNode());
        if (uploads.directories().isEmpty()) {
            return;
        }
        try {
            List<String> left = uploads.remove(
                    context.clusters().configured(record, run),
                    context.clusters(),
                    new ApplicationSecrets(record, run).storage());
            left.forEach(sentence -> log.accept("WARNING: " + sentence));
            if (left.isEmpty()) {
                record.uploadsRemoved();
            }
        } catch (IOException e) {
            log.accept("WARNING: the uploaded files could not be removed from %s: %s"
                    .formatted(StagedArtifacts.names(uploads.directories()), e.getMessage()));
        }
    }
}
