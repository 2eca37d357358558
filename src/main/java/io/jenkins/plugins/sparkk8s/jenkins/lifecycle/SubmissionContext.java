package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import io.jenkins.plugins.sparkk8s.jenkins.queue.ApplicationQueue;

/**
 * What the submissions of this controller share.
 *
 * @param queue who may run, and who waits
 * @param open the applications that the next controller finds
 * @param locks by what must not be done twice at once
 */
record SubmissionContext(
        ClusterAccess clusters,
        ApplicationQueue queue,
        OpenApplications open,
        KeyedLocks locks,
        LifecycleThreads threads) {}
