package io.jenkins.plugins.sparkk8s.jenkins.record;

/** Where a queued application is in its queue. */
public interface QueueSource {
    /** Now, from memory; null when it is not queued any more. */
    QueuePlace place();
}
