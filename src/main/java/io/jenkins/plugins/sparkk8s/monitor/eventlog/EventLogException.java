package io.jenkins.plugins.sparkk8s.monitor.eventlog;

import java.io.IOException;

/** An event log that is there, and of which nothing can be used. The message ends a sentence. */
public final class EventLogException extends IOException {
    private static final long serialVersionUID = 1L;

    EventLogException(String message) {
        super(message);
    }
}
