package io.jenkins.plugins.sparkk8s.submission;

import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;

/**
 * Notified of what happens in the cluster while a driver is submitted, on the submitting thread; an exception ends the
 * submission.
 */
public interface SubmissionListener {
    /** For those who do not want to know. */
    SubmissionListener NONE = new SubmissionListener() {};

    /** An object was created. */
    default void created(ObjectReference object) {}

    /** An object of an earlier try with the same identity is there and is used. */
    default void found(ObjectReference object) {}

    /** The driver pod exists: from here on the application runs. To be written down before returning. */
    default void driverPodExists(SubmissionHandle handle) {}

    /** The submission failed, and this object was removed again. */
    default void removed(ObjectReference object) {}

    /** The submission failed, and this object could not be removed. */
    default void leftBehind(ObjectReference object) {}
}
