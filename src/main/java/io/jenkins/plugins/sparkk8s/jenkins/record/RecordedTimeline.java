package io.jenkins.plugins.sparkk8s.jenkins.record;

import io.jenkins.plugins.sparkk8s.monitor.ApplicationTimeline;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What an application did over time, read only when a page shows it.
 *
 * @param live as its monitor has it; null unless it is being watched
 * @param json as it was written down at its end; null before, and when it was not watched then
 * @param now until when one that has not ended is shown
 */
public record RecordedTimeline(ApplicationTimeline live, String json, Instant now) {
    private static final Logger LOGGER = Logger.getLogger(RecordedTimeline.class.getName());

    /** Null when there is none, or another version wrote it. */
    public ApplicationTimeline read() {
        if (live != null || json == null) {
            return live;
        }
        try {
            return ApplicationTimeline.fromJson(json);
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "The timeline of an application cannot be read.", e);
            return null;
        }
    }
}
