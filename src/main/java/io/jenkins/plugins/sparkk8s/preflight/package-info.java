/**
 * What the cluster is asked before anything is uploaded or created: whether the objects that the configuration names are
 * there, and whether submitter and driver may do what they will do.
 */
package io.jenkins.plugins.sparkk8s.preflight;
