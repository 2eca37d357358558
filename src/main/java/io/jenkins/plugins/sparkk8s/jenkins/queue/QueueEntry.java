package io.jenkins.plugins.sparkk8s.jenkins.queue;

/**
 * What is kept of an application for the queue of the next controller.
 *
 * @param number its place among all that ever queued; null when it runs
 */
public record QueueEntry(QueuedUse use, Long number) {}
