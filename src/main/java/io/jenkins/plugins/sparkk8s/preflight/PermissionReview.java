package io.jenkins.plugins.sparkk8s.preflight;

import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;

/**
 * Asks what a user may do, in two rounds: the questions of the second depend on the answers of the first, which has
 * been started when the object is made. One object for each pre-flight.
 */
interface PermissionReview {

    /**
     * Waits for the first round and starts the second.
     *
     * @throws ClusterException when the API server cannot be reached
     */
    void proceed() throws InterruptedException;

    /**
     * Waits for the second round.
     *
     * @throws ClusterException when the API server cannot be reached
     */
    void report(Findings findings) throws InterruptedException;
}
