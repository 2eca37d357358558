package io.jenkins.plugins.sparkk8s.jenkins.submission;

/** What is done about an application of the same job and name that still runs. */
public enum WhenRunning {
    /** Both run. */
    ALLOW,
    /** The new one is refused. */
    FORBID,
    /** The earlier one is stopped. */
    REPLACE
}
