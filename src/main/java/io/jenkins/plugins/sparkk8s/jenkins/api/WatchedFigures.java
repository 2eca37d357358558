package io.jenkins.plugins.sparkk8s.jenkins.api;

import io.jenkins.plugins.sparkk8s.monitor.ApplicationState;
import java.io.Serializable;
import java.time.Instant;

/** What is known of an application only while it is watched. Immutable. */
final class WatchedFigures implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final WatchedFigures NONE = new WatchedFigures();

    private final String driverState;
    private final Long executorsRunning;
    private final Long executorsPending;
    private final String executorsMissing;
    private final SparkProgress progress;

    private WatchedFigures() {
        this.driverState = null;
        this.executorsRunning = null;
        this.executorsPending = null;
        this.executorsMissing = null;
        this.progress = null;
    }

    private WatchedFigures(ApplicationState state, Instant now) {
        this.driverState = state.driver();
        this.executorsRunning = state.executorsRunning();
        this.executorsPending = state.executorsPending();
        this.executorsMissing = state.executorsMissing();
        this.progress = SparkProgress.of(state.progress(), now);
    }

    /** @param state null when the application is not watched; then all is null */
    static WatchedFigures of(ApplicationState state, Instant now) {
        return state == null ? NONE : new WatchedFigures(state, now);
    }

    /** Phase and node of the driver pod. */
    String driverState() {
        return driverState;
    }

    Long executorsRunning() {
        return executorsRunning;
    }

    Long executorsPending() {
        return executorsPending;
    }

    /** How many are missing, why, and what to do; null when none are, or that is not known. */
    String executorsMissing() {
        return executorsMissing;
    }

    /** Null when the driver does not report it. */
    SparkProgress progress() {
        return progress;
    }
}
