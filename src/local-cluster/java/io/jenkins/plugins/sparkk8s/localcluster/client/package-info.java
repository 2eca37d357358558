/**
 * What components of the local cluster share as clients of its API server. Uses no other room.
 */
package io.jenkins.plugins.sparkk8s.localcluster.client;
