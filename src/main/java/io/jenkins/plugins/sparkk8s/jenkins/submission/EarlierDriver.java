package io.jenkins.plugins.sparkk8s.jenkins.submission;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.connection.ApplicationCluster;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.submission.InterruptedSubmission;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The driver pod that an earlier controller may have created for a record. */
public record EarlierDriver(ApplicationRecord record, ApplicationCluster cluster) {
    private static final Logger LOGGER = Logger.getLogger(EarlierDriver.class.getName());

    /** The pod, if it exists; it then owns all that belongs to it. */
    Optional<SubmissionHandle> find() {
        return new InterruptedSubmission(cluster.client(), record.handle(), record.dependants()).takeOver();
    }

    /** Takes the pod over, if it exists, for an application that no build waits for. */
    public void takeOver(Run<?, ?> run) throws IOException {
        Optional<SubmissionHandle> driver = find();
        if (driver.isPresent()) {
            record.created(driver.get(), false);
            SparkApplicationsAction.of(run).save(record);
        }
    }

    /** Makes the pod the owner of what an earlier controller had no time for; an unreachable API server is waited for later. */
    public void complete() {
        if (record.isSubmitted()) {
            return;
        }
        try {
            find();
        } catch (ClusterException e) {
            LOGGER.log(
                    Level.FINE,
                    e.masked(record.mask()),
                    () -> "Not all objects of " + record.handle().driverPodName() + " have their owner");
        }
    }
}
