package io.jenkins.plugins.sparkk8s.jenkins.record;

import io.jenkins.plugins.sparkk8s.monitor.ApplicationState;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The state of an application while it is watched; in memory only. Thread-safe. */
final class WatchedState {
    private static final Logger LOGGER = Logger.getLogger(WatchedState.class.getName());

    private volatile StateSource source;

    /** @param state null when the application is no longer watched */
    void use(StateSource state) {
        source = state;
    }

    /** See {@link StateSource#refreshProgress}. */
    void refreshProgress() {
        StateSource watched = source;
        if (watched != null) {
            watched.refreshProgress();
        }
    }

    /** @return null when the application is not watched, or its state cannot be read */
    ApplicationState state() {
        StateSource watched = source;
        try {
            return watched == null ? null : watched.state();
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "The state of an application could not be read.", e);
            return null;
        }
    }
}
