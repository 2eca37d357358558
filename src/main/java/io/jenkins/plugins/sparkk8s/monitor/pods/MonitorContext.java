package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import java.time.Clock;

/**
 * What all parts of the monitoring of one application share.
 *
 * @param application its identifiers
 * @param mailbox runs all that changes the state of its monitoring, one task at a time
 * @param lines the way to its output, which also has the mask of its secrets
 * @param clock for deadlines and durations
 * @param timings the times that are no keys of the configuration
 */
public record MonitorContext(
        MonitoredApplication application, Mailbox mailbox, EventLines lines, Clock clock, MonitorTimings timings) {

    /** Masks what pods and events say. */
    public PodTexts texts() {
        return new PodTexts(lines.mask());
    }
}
