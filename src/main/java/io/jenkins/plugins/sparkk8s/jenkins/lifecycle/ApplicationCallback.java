package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;

/** Receives once how an application ended for its build. */
public interface ApplicationCallback {

    /**
     * It succeeded, or it was deployed and the build does not wait; after a restart, also one that has failed since.
     */
    void ended(ApplicationRecord application);

    /** It failed, or never ran. */
    void failed(Throwable cause);
}
