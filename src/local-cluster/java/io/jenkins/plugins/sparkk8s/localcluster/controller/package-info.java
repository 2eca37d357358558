/**
 * The scheduler, the binder of volume claims and the workload controllers of the local cluster. Each is a client of the
 * API server. Uses {@code client}, and {@code kubelet} for the directories of volumes.
 */
package io.jenkins.plugins.sparkk8s.localcluster.controller;
