package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Applications that no build waits for and that could not be watched or cleaned up. Each is tried again by the next search; it is
 * logged once, and not every minute for as long as a cluster is unreachable.
 */
final class MonitoringFailures {
    private static final Logger LOGGER = Logger.getLogger(MonitoringFailures.class.getName());

    private final ApplicationOwners owners;

    /** Those that have been reported to the administrator. */
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    MonitoringFailures(ApplicationOwners owners) {
        this.owners = owners;
    }

    /** It is being watched, or nothing is left to be done. */
    void resumed(String id) {
        warned.remove(id);
    }

    /** How many could not be, and are not yet. */
    int count() {
        return warned.size();
    }

    void failed(String id, Throwable failure) {
        owners.left(id);
        Level level = warned.add(id) ? Level.WARNING : Level.FINE;
        LOGGER.log(level, "Cannot monitor application {0}; retrying every minute: {1}", new Object[] {id, failure});
        LOGGER.log(Level.FINE, failure, () -> "Application " + id);
    }
}
