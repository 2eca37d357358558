package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Pod;

/**
 * A pod as it once was.
 *
 * @param deleted whether it was deleted as this version
 */
public record PastVersion(Pod pod, boolean deleted) {}
