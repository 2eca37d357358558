/**
 * The node of the local cluster: runs the containers of a pod as processes, keeps their logs and reports their status. Speaks
 * nothing but the Kubernetes API; uses {@code client}.
 */
package io.jenkins.plugins.sparkk8s.localcluster.kubelet;
