package io.jenkins.plugins.sparkk8s.jenkins.submission;

import io.jenkins.plugins.sparkk8s.jenkins.connection.ClusterAccess;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.OpenApplications;
import io.jenkins.plugins.sparkk8s.jenkins.queue.ApplicationQueue;
import io.jenkins.plugins.sparkk8s.jenkins.threads.KeyedLocks;
import io.jenkins.plugins.sparkk8s.jenkins.threads.LifecycleThreads;

/**
 * What the submissions of this controller share.
 *
 * @param queue who may run, and who waits
 * @param open the applications that the next controller finds
 * @param locks by what must not be done twice at once
 */
public record SubmissionContext(
        ClusterAccess clusters,
        ApplicationQueue queue,
        OpenApplications open,
        KeyedLocks locks,
        LifecycleThreads threads) {}
