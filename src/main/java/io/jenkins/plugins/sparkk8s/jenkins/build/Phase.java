package io.jenkins.plugins.sparkk8s.jenkins.build;

/** How far an application of a build has come; written down before the next one begins. */
public enum Phase {
    /** Checked and staged; nothing of it exists on the cluster. */
    STAGING,
    /** Its objects may exist on the cluster; whether they do is to be found out there. */
    CREATING,
    /** The driver pod exists, and the build waits for its end. */
    RUNNING,
    /** The driver pod exists, and the build does not wait. */
    DEPLOYED,
    /** Ended, with a result. */
    ENDED
}
