package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.conf.ActionableException;
import io.jenkins.plugins.sparkk8s.jenkins.agent.UploadFailedException;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.build.Phase;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.log.CheckpointFile;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import io.jenkins.plugins.sparkk8s.monitor.SummaryTable;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import io.jenkins.plugins.sparkk8s.staging.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.submission.InterruptedSubmission;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is done when an application is over, however it ended: nothing of it is left on the cluster or under the upload path,
 * and its record tells the result.
 */
final class ApplicationEnd {
    private final ApplicationRecord record;
    private final Run<?, ?> run;
    private final Consumer<String> log;

    /** @param log one line each; the build's, or nothing when there is no build any more */
    ApplicationEnd(ApplicationRecord record, Run<?, ?> run, Consumer<String> log) {
        this.record = record;
        this.run = run;
        this.log = log;
    }

    /** The driver has ended, or never started. */
    void ended(ApplicationSummary summary, ApplicationCluster cluster) throws IOException, InterruptedException {
        if (summary.result().outcome() == Outcome.NEVER_STARTED) {
            removeFrom(cluster);
        }
        SummaryTable.lines(summary).forEach(log);
        removeUploads();
        record.ended(summary, Instant.now());
        close();
    }

    /**
     * It failed before there was a driver to wait for; or there is one that cannot be waited for now, whose result and uploads
     * are left to {@link DetachedApplications}.
     *
     * @param failure null when nobody knows
     */
    void failed(Throwable failure, String reason) throws IOException, InterruptedException {
        if (record.phase() == Phase.RUNNING || record.phase() == Phase.DEPLOYED) {
            log.accept(
                    "WARNING: the driver pod %s may go on in namespace %s without this build. Its end is looked for every minute."
                            .formatted(
                                    record.handle().driverPodName(),
                                    record.handle().namespace()));
            return;
        }
        if (failure instanceof UploadFailedException upload) {
            record.uploadFailed(upload.left());
        }
        if (record.phase() == Phase.CREATING) {
            removeFromCluster();
            lookAgain();
        }
        removeUploads();
        record.ended("NOT_SUBMITTED", reason, Instant.now());
        close();
    }

    /**
     * Somebody aborted the build, or its time was over.
     *
     * @param inUse the cluster that it was watched on, which may not be configured any more; null when it was not watched
     */
    void aborted(ApplicationCluster inUse) throws IOException, InterruptedException {
        log.accept("[spark] aborted");
        boolean creating = record.phase() == Phase.CREATING;
        if (inUse != null) {
            removeFrom(inUse);
        } else if (record.handle() != null) {
            removeFromCluster();
        }
        if (creating) {
            lookAgain();
        }
        removeUploads();
        record.ended("ABORTED", "The build was aborted.", Instant.now());
        close();
    }

    /** A request that nobody waits for any more may still be under way, and make its object after all others were removed. */
    private void lookAgain() {
        record.leftOnCluster(true);
    }

    /** Tries once more to remove what was left of an application that has ended. */
    void sweep() throws IOException, InterruptedException {
        if (record.isLeftOnCluster()) {
            removeFromCluster();
        }
        removeUploads();
        if (record.isDone()) {
            close();
        }
    }

    /** What is left is removed later, by {@link DetachedApplications}. */
    private void close() throws IOException {
        SparkApplicationsAction.of(run).save();
        CheckpointFile.of(run, record).delete();
        if (record.isDone()) {
            DetachedApplications.get().forget(record);
        } else {
            DetachedApplications.get().rememberWithUploads(run, record);
        }
    }

    private void removeFromCluster() {
        try (ApplicationCluster cluster = ApplicationCluster.open(record, run)) {
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
                log.accept("[spark] removed the driver pod %s and all that it owns"
                        .formatted(record.handle().driverPodName()));
            }
        } catch (ActionableException e) {
            leftBehind(e.getMessage());
        }
    }

    private void leftBehind(String why) {
        record.leftOnCluster(true);
        log.accept(
                "WARNING: the driver pod %s may still run in namespace %s: %s Its removal is tried again every minute."
                        .formatted(
                                record.handle().driverPodName(), record.handle().namespace(), why));
    }

    private void removeUploads() throws InterruptedException {
        Uploads uploads = new Uploads(record.uploadsToRemove(), record.uploadNode());
        if (uploads.directories().isEmpty()) {
            return;
        }
        try {
            List<String> left = uploads.remove(ApplicationCluster.configured(record, run));
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
