/**
 * What the event log of an application that has ended says of its tasks. Reads streams that others open, in bounded memory, and
 * takes numbers alone. Uses {@code progress}.
 */
package io.jenkins.plugins.sparkk8s.monitor.eventlog;
