package io.jenkins.plugins.sparkk8s.jenkins.record;

import io.jenkins.plugins.sparkk8s.monitor.ApplicationState;

/** Where a record finds how its application stands while that is watched. Thread-safe. */
@FunctionalInterface
public interface StateSource {

    /** Answers at once, from memory. */
    ApplicationState state();

    /** A user looks at the application, so its progress is read more often for a while; returns at once. */
    default void refreshProgress() {}
}
