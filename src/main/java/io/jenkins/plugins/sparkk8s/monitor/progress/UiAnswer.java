package io.jenkins.plugins.sparkk8s.monitor.progress;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of one read of a driver's REST API. */
sealed interface UiAnswer {

    /** The driver's answer. */
    record Content(JsonNode json) implements UiAnswer {}

    /** The driver's web server runs and its application has not begun yet. */
    record Starting() implements UiAnswer {}

    /** No read of this driver will be answered. */
    record Refused(String cause) implements UiAnswer {}

    /** This time there was no usable answer. */
    record Unavailable(String cause) implements UiAnswer {}
}
