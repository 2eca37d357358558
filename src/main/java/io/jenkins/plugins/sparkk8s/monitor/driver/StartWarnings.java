package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.monitor.pods.Backoff;
import io.jenkins.plugins.sparkk8s.monitor.pods.Jitter;
import io.jenkins.plugins.sparkk8s.monitor.pods.Mailbox;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitorContext;
import java.time.Duration;

/**
 * Reads the Warning events of the driver pod as long as it has not started. Used by tasks of the application's mailbox
 * only.
 */
public final class StartWarnings {
    /** Events that do not change are read less and less often. */
    private static final int SLOWEST = 12;

    private final MonitorContext context;
    private final WarningEvents events;
    private final Backoff delays;
    /** Null before it was seen, and since it has started or ended. */
    private Pod startingDriver;

    private Mailbox.Timer next;

    public StartWarnings(MonitorContext context, WarningEvents events) {
        this.context = context;
        this.events = events;
        Duration first = context.timings().events();
        this.delays = new Backoff(first, first.multipliedBy(SLOWEST));
    }

    /** The driver pod in a version in which it has not started. */
    public void waiting(Pod driver) {
        startingDriver = driver;
        if (next == null) {
            readLater();
        }
    }

    /** The driver has started or ended: its events are no longer of interest. */
    public void stop() {
        startingDriver = null;
    }

    private void readLater() {
        next = context.mailbox().schedule(this::read, Jitter.of(delays.next()));
    }

    private void read() {
        next = null;
        if (startingDriver != null) {
            events.refresh(startingDriver);
            readLater();
        }
    }
}
