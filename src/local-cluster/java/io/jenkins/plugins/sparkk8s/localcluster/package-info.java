/**
 * A Kubernetes cluster of one node without Docker, for tests and the demo. {@link
 * io.jenkins.plugins.sparkk8s.localcluster.LocalCluster} is the way in: it starts an API server ({@code apiserver}), a scheduler
 * and controllers ({@code controller}), and a node that runs containers as processes ({@code kubelet}).
 */
package io.jenkins.plugins.sparkk8s.localcluster;
