package io.jenkins.plugins.sparkk8s.jenkins.log;

import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import io.jenkins.plugins.sparkk8s.submission.SubmissionListener;
import java.io.PrintStream;
import java.util.function.Consumer;

/**
 * A line for each object that is created, found or removed.
 *
 * @param driverPod called when the driver pod exists, before the submission continues
 */
public record SubmissionLog(PrintStream log, Consumer<SubmissionHandle> driverPod) implements SubmissionListener {

    @Override
    public void created(ObjectReference object) {
        log.println("[submit] created " + object);
    }

    @Override
    public void found(ObjectReference object) {
        log.println("[submit] found " + object + " of an earlier attempt");
    }

    @Override
    public void driverPodExists(SubmissionHandle handle) {
        driverPod.accept(handle);
    }

    @Override
    public void removed(ObjectReference object) {
        log.println("[submit] removed " + object);
    }
}
